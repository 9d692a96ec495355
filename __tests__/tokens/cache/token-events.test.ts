import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fileToken,
  firstOf,
  HTTPClient,
  memoryTokenStore,
  onBehalfOf,
  perHost,
  signedJwt,
  tokenService,
  type HTTPClientOptions,
} from '../../../src/index';
import { CLIENTS, issuer, type Issuer } from '../../support/issuer';
import { cacheScene, warmScene } from '../../support/cache-scene';
import { failure } from '../../support/outcome';
import { observed } from '../../support/observed';
import { service, type Answer } from '../../support/service';

let authority: Issuer;
const clients: HTTPClient[] = [];

beforeAll(async () => {
  authority = await issuer();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientOf(token: HTTPClientOptions['token']): HTTPClient {
  const client = new HTTPClient({ token, retry: { base: 0.001 } });
  clients.push(client);
  return client;
}

const fromIssuer = (options = {}): ReturnType<typeof tokenService> =>
  tokenService({ url: authority.tokenUrl, ...CLIENTS.basic, ...options });
const signed = (): ReturnType<typeof signedJwt> => signedJwt({ secret: 's'.repeat(32), issuer: 'tickets' });
const number = expect.any(Number) as number;

describe('a token of an issuer', () => {
  test('is published when it comes, and not while it is used', async () => {
    const events = observed('token');
    const api = await service();
    const client = clientOf(fromIssuer());

    await Promise.all([client.get(api.url), client.get(api.url)]);
    await client.get(api.url);

    expect(events).toEqual([{ source: 'tokenService', event: 'fetched', elapsed: number, expiresIn: number }]);
    expect(events[0]?.expiresIn).toBeGreaterThan(295);
    expect(events[0]?.elapsed).toBeLessThan(5);
  });

  test('that replaces a rejected one: refused, then renewed', async () => {
    const api = await service([{ status: 401 }, {}]);
    const client = clientOf(firstOf(perHost({ default: fromIssuer() })));
    const events = observed('token');

    await client.get(api.url);

    expect(events).toMatchObject([
      { source: 'tokenService', event: 'fetched' },
      { source: 'tokenService', event: 'refused', expiresIn: number, error: { code: 'CLIENT_ERROR', status: 401 } },
      { source: 'tokenService', event: 'renewed', elapsed: number },
    ]);
  });

  test('that another process has put into the store comes without a request', async () => {
    const api = await service();
    const store = memoryTokenStore();
    await clientOf(fromIssuer({ store })).get(api.url);
    const events = observed('token');

    await clientOf(fromIssuer({ store })).get(api.url);

    expect(events).toEqual([{ source: 'tokenService', event: 'fetched', elapsed: undefined, expiresIn: number }]);
  });

  test('exchanged for that of an inbound request says so', async () => {
    const api = await service();
    const events = observed('token');
    const subject = await authority.tokenFor('ann', { audience: CLIENTS.basic.clientId });
    const source = onBehalfOf({ url: authority.tokenUrl, ...CLIENTS.basic, subjectToken: () => subject });

    await clientOf(source).get(api.url);

    expect(events).toMatchObject([{ source: 'onBehalfOf', event: 'fetched', elapsed: number }]);
  });

  test('is renewed early in the background, and its expiry may be unknown', async () => {
    const events = observed('token');
    const { clock, ask } = await warmScene(100);
    await clock.pass(85_000);
    await ask();
    await new Promise(setImmediate);
    await cacheScene(undefined).ask();

    expect(events.map(({ event, expiresIn }) => [event, expiresIn])).toEqual([
      ['fetched', 100],
      ['renewed', 100],
      ['fetched', undefined],
    ]);
  });
});

describe('a token that cannot be fetched', () => {
  test.each([
    [
      'a refusal of the issuer',
      { status: 401, json: { error: 'invalid_client' } },
      'CLIENT_ERROR',
      401,
      'invalid_client',
    ],
    ['a wrong URL', { status: 404 }, 'CLIENT_ERROR', 404, undefined],
    ['a response that is none', { json: { error: 'x y' } }, 'TOKEN_UNAVAILABLE', undefined, undefined],
  ] as const)('is published with what went wrong: %s', async (_, answer: Answer, code, status, oauthError) => {
    const events = observed('token');
    const endpoint = await service([answer]);
    const api = await service();

    const error = await failure(clientOf(fromIssuer({ url: endpoint.url })).get(api.url));

    expect(error.code).toBe('TOKEN_UNAVAILABLE');
    expect(events).toEqual([
      { source: 'tokenService', event: 'failed', elapsed: number, error: expect.anything() as object, oauthError },
    ]);
    expect([events[0]?.error?.code, events[0]?.error?.status]).toEqual([code, status]);
  });

  test('has no duration if nobody was asked', async () => {
    const events = observed('token');
    const clientSecret = async (): Promise<string> => Promise.reject(new Error('the vault is sealed'));

    await failure(clientOf(fromIssuer({ clientSecret })).get('http://127.0.0.1:1'));

    expect(events).toMatchObject([{ source: 'tokenService', event: 'failed', error: { code: 'TOKEN_UNAVAILABLE' } }]);
    expect(events[0]?.elapsed).toBeUndefined();
  });

  test('is not published if it is the inbound token that has expired', async () => {
    const events = observed('token');
    const expired = `e30.${Buffer.from('{"exp":1}').toString('base64url')}.x`;
    const source = onBehalfOf({ url: authority.tokenUrl, ...CLIENTS.basic, subjectToken: () => expired });

    await failure(clientOf(source).get('http://127.0.0.1:1'));

    expect(events).toEqual([]);
  });
});

test('a signed token is fetched once per audience, and renewed when it is used up or rejected', async () => {
  const events = observed('token');
  const api = await service([{}, { status: 401 }, {}]);
  const client = clientOf(signed());

  await client.get(api.url);
  await client.get(api.url);

  expect(events).toMatchObject([
    { source: 'signedJwt', event: 'fetched', elapsed: undefined, expiresIn: number },
    { source: 'signedJwt', event: 'refused' },
    { source: 'signedJwt', event: 'renewed' },
  ]);
});

test('a token in a file is published when it is read for the first time, when it is another one, and when it is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-events-'));
  const path = join(folder, 'token');
  const source = fileToken(path);
  const events = observed('token');
  const read = (content: string | undefined): void => {
    if (content === undefined) rmSync(path);
    else writeFileSync(path, content);
    source.invalidate?.(last);
    last = (source.getToken({ url: api }) as { token: string }).token;
  };
  const api = 'http://users/';
  let last = '';

  for (const content of ['one', 'one', 'another', undefined]) read(content);

  rmSync(folder, { recursive: true });
  expect(events).toMatchObject([{ event: 'fetched' }, { event: 'renewed' }, { event: 'failed', error: { code: 'TOKEN_UNAVAILABLE' } }]); // prettier-ignore
  expect(new Set(events.map((event) => event.source))).toEqual(new Set(['fileToken']));
});

test.each<[string, HTTPClientOptions['token']]>([
  ['a fixed token', 'fixed'],
  ['a function', async () => Promise.resolve('made')],
  ['a source', { getToken: () => ({ token: 'x' }), invalidate: () => undefined }],
])('of %s, only a refusal is published', async (_, token) => {
  const events = observed('token');
  const api = await service([{}, { status: 401 }]);
  const client = clientOf(token);

  await client.get(api.url);
  await failure(client.get(api.url));

  expect(events.length).toBeGreaterThan(0);
  for (const event of events)
    expect(event).toMatchObject({ source: 'custom', event: 'refused', error: { status: 401 } });
});

test.each<[string, Answer, string | null]>([
  ['a token of the call', { status: 401 }, 'mine'],
  ['a call without a token', { status: 401 }, null],
  [
    'a scope that is too small',
    { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' } },
    '',
  ],
  ['a 403', { status: 403 }, ''],
])('%s is not a token that is refused', async (_, answer, token) => {
  const events = observed('token');
  const api = await service([answer]);

  await failure(clientOf('fixed').get(api.url, token === '' ? {} : { token }));

  expect(events).toEqual([]);
});

test('no message has a secret', async () => {
  const events = observed('token');
  const endpoint = await service([
    { json: { access_token: 'sec-ret', token_type: 'Bearer' } },
    { status: 400, body: 'sec-ret' },
  ]);
  const api = await service([{ status: 401, body: 'sec-ret' }]);
  const url = `${endpoint.url}/token?api_key=sec-ret`;

  await failure(clientOf(fromIssuer({ url, clientId: 'a', clientSecret: 'sec-ret' })).get(`${api.url}?token=sec-ret`));

  expect(events.map(({ event }) => event)).toEqual(['fetched', 'refused', 'failed']);
  const stacks = events.map(({ error }) => error?.stack);
  expect([inspect(events, { depth: 10 }), JSON.stringify(events), ...stacks].join()).not.toMatch('sec-ret');
});
