import { Call } from '../../../src/call/call';
import { HTTPClient, tokenService } from '../../../src/index';
import { Discovery } from '../../../src/tokens/issuer/discovery';
import { TokenClient, type IssuerResponse } from '../../../src/tokens/issuer/token-client';
import { failure } from '../../support/outcome';
import { service, type Answer, type Service } from '../../support/service';

const OIDC = '/.well-known/openid-configuration';
const OAUTH = '/.well-known/oauth-authorization-server';
const CLIENT = { clientId: 'ticket-service', clientSecret: 's3cr3t' };

type Metadata = (origin: string) => Readonly<Record<string, Answer>>;

/** An issuer that answers by path. */
async function authority(answers: Metadata): Promise<Service> {
  const self = await service(({ url }) => {
    if (url === '/token') return { json: { access_token: 'x', expires_in: 60 } };
    return answers(self.url)[url] ?? { status: 404 };
  });
  return self;
}

function metadata(issuer: string, endpoint = `${new URL(issuer).origin}/token`): Answer {
  return { json: { issuer, token_endpoint: endpoint } };
}

function paths({ requests }: Service): string[] {
  return requests.map(({ url }) => url);
}

async function tokenOf(issuer: string, count = 1): Promise<void> {
  const api = await service();
  const client = new HTTPClient({ token: tokenService({ issuer, ...CLIENT }) });
  await Promise.all(Array.from({ length: count }, async () => client.get(api.url)));
  expect(api.requests[0]?.headers.authorization).toBe('Bearer x');
  client.close();
}

test('the token endpoint is the one that OpenID Connect tells', async () => {
  const issuer = await authority((origin) => ({ [OIDC]: metadata(origin) }));

  await tokenOf(issuer.url, 20);

  expect(paths(issuer)).toEqual([OIDC, '/token']);
  expect(issuer.requests[0]).toMatchObject({ method: 'GET', headers: { accept: 'application/json' } });
  // Whoever publishes it need not know who asks.
  expect(issuer.requests[0]?.headers).not.toHaveProperty('authorization');
});

test('where that is not there, it is the one that RFC 8414 tells', async () => {
  const issuer = await authority((origin) => ({ [OAUTH]: metadata(origin) }));

  await tokenOf(issuer.url);

  expect(paths(issuer)).toEqual([OIDC, OAUTH, '/token']);
});

test('a page in its place, as a single-page application sends for any path, is not the document', async () => {
  const page: Answer = { body: '<html>', headers: { 'content-type': 'text/html' } };
  const issuer = await authority((origin) => ({ [OIDC]: page, [OAUTH]: metadata(origin) }));

  await tokenOf(issuer.url);

  expect(paths(issuer)).toEqual([OIDC, OAUTH, '/token']);
});

test('an issuer with a path has one document below it and the other above', async () => {
  const issuer = await authority((origin) => ({ [`${OAUTH}/tenant/a`]: metadata(`${origin}/tenant/a`) }));

  await tokenOf(`${issuer.url}/tenant/a`);

  expect(paths(issuer)).toEqual([`/tenant/a${OIDC}`, `${OAUTH}/tenant/a`, '/token']);
});

const refused: [string, Metadata, string][] = [
  ['another issuer', () => ({ [OIDC]: metadata('http://other') }), 'the metadata is for another issuer'],
  ['the same one with a slash', (origin) => ({ [OIDC]: metadata(`${origin}/`) }), 'the metadata is for another issuer'],
  ['no object', () => ({ [OIDC]: { json: [] } }), 'not a JSON object'],
  ['a page', () => ({ [OIDC]: { body: '<html>' } }), `${OIDC}: the body of the 200 response is not a JSON object`],
  ['two pages', () => ({ [OIDC]: { body: '<a>' }, [OAUTH]: { body: '<b>' } }), `${OIDC}: the body of the 200`],
  ['no endpoint', (origin) => ({ [OIDC]: { json: { issuer: origin } } }), 'no token_endpoint'],
  ['an endpoint that is a path', (origin) => ({ [OIDC]: metadata(origin, '/token') }), 'no token_endpoint'],
  ['an endpoint of another kind', (origin) => ({ [OIDC]: metadata(origin, 'ftp://a/') }), 'no token_endpoint'],
  ['nothing at all', () => ({}), 'responded with 404'],
  ['a redirect', () => ({ [OIDC]: { status: 302, headers: { location: OAUTH } } }), 'responded with 302'],
];

test.each(refused)('%s is refused, and no secret is sent', async (_, answers, words) => {
  const issuer = await authority(answers);
  const client = new HTTPClient({ token: tokenService({ issuer: issuer.url, ...CLIENT }) });

  const thrown = await failure(client.get('http://127.0.0.1:1/'));

  expect(thrown).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  expect(thrown.message).toContain(words);
  expect(paths(issuer)).not.toContain('/token');
  client.close();
});

test('a failure is not kept: the next call asks again', async () => {
  let isUp = false;
  const issuer = await authority((origin) => ({ [OIDC]: isUp ? metadata(origin) : { status: 503 } }));
  const api = await service();
  const client = new HTTPClient({ token: tokenService({ issuer: issuer.url, ...CLIENT }) });
  await failure(client.get(api.url));

  isUp = true;

  expect(await client.get(api.url)).toMatchObject({ status: 200 });
  client.close();
});

describe('what an issuer says of itself', () => {
  /** The document of an issuer with TLS, for which there is no certificate here. */
  function discovery(endpoint: string): { readonly found: Discovery; readonly send: jest.SpyInstance } {
    const client = new TokenClient(5, { agents: {}, trustEnv: false });
    const data = { issuer: 'https://issuer', token_endpoint: endpoint };
    const answer: IssuerResponse = { status: 200, data, call: new Call('GET', 'https://issuer'), elapsed: 0 };
    const send = jest.spyOn(client, 'send').mockResolvedValue(answer);
    return { found: new Discovery('https://issuer', client), send };
  }

  afterEach(() => jest.restoreAllMocks());

  test.each(['https://issuer/token', 'https://tokens.example/', 'http://localhost:8080/token', 'http://127.0.0.1/'])(
    'may be that tokens are at %s',
    async (endpoint) => {
      expect(await discovery(endpoint).found.tokenEndpoint(true)).toBe(endpoint);
    },
  );

  test.each(['http://issuer/token', 'http://127.0.0.1.example/', 'http://10.0.0.1/'])(
    'may not be that they are at %s, where the secret could be read',
    async (endpoint) => {
      await expect(discovery(endpoint).found.tokenEndpoint(true)).rejects.toThrow('without TLS');
    },
  );

  test('is good for an hour, and longer while it cannot be asked', async () => {
    const { found, send } = discovery('https://issuer/token');
    const now = performance.now();
    await found.tokenEndpoint(true);
    await found.tokenEndpoint(true);
    expect(send).toHaveBeenCalledTimes(1);

    jest.spyOn(performance, 'now').mockReturnValue(now + 3_700_000);
    send.mockRejectedValue(new Error('down'));

    expect(await found.tokenEndpoint(true)).toBe('https://issuer/token');
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('is asked for in the background after an hour: a document that hangs holds up no token', async () => {
    const { found, send } = discovery('https://issuer/token');
    const now = performance.now();
    await found.tokenEndpoint(true);
    jest.spyOn(performance, 'now').mockReturnValue(now + 3_700_000);
    let answer: (moved: IssuerResponse) => void = () => undefined;
    send.mockReturnValue(new Promise((resolve) => (answer = resolve)));

    expect(await found.tokenEndpoint(true)).toBe('https://issuer/token');
    expect(await found.tokenEndpoint(true)).toBe('https://issuer/token');
    // One request, without retries: nobody waits for it.
    expect(send.mock.calls.slice(1)).toEqual([['GET', expect.any(String), expect.any(Function), false]]);

    const data = { issuer: 'https://issuer', token_endpoint: 'https://issuer/moved' };
    answer({ status: 200, data, call: new Call('GET', 'https://issuer'), elapsed: 0 });
    await new Promise(setImmediate);
    expect(await found.tokenEndpoint(true)).toBe('https://issuer/moved');
  });
});

describe('a token endpoint that has moved', () => {
  test.each<[string, Answer]>([
    ['404', { status: 404 }],
    ['405', { status: 405 }],
    ['410', { status: 410 }],
    ['308', { status: 308, headers: { location: '/elsewhere' } }],
    ['421', { status: 421 }],
  ])('answers with %s: discovery is asked again, and the call has its token', async (_, answer) => {
    const old = await service([{ json: { access_token: 'old' } }, answer]);
    const endpoints = [`${old.url}/token`];
    const issuer = await authority((origin) => ({ [OIDC]: metadata(origin, endpoints.shift()) }));
    const source = tokenService({ issuer: issuer.url, ...CLIENT });
    await source.getToken({ url: 'http://a/' });
    source.invalidate?.('old');

    expect(await source.getToken({ url: 'http://a/' })).toMatchObject({ token: 'x' });
    expect(paths(issuer)).toEqual([OIDC, OIDC, '/token']);
    source.close?.();
  });

  test('is gone: the call has its token', async () => {
    const old = await service([{ json: { access_token: 'old' } }]);
    const endpoints = [`${old.url}/token`];
    const issuer = await authority((origin) => ({ [OIDC]: metadata(origin, endpoints.shift()) }));
    const source = tokenService({ issuer: issuer.url, ...CLIENT });
    await source.getToken({ url: 'http://a/' });
    source.invalidate?.('old');
    await old.close();

    expect(await source.getToken({ url: 'http://a/' })).toMatchObject({ token: 'x' });
    source.close?.();
  });

  test('stays gone, as discovery says: the failure is that of the endpoint', async () => {
    const issuer = await authority((origin) => ({ [OIDC]: metadata(origin, `${origin}/gone`) }));
    const source = tokenService({ issuer: issuer.url, ...CLIENT });

    const error = await failure(Promise.resolve(source.getToken({ url: 'http://a/' })));

    expect(error.message).toContain(`POST ${issuer.url}/gone: responded with 404`);
    expect(paths(issuer)).toEqual([OIDC, '/gone', OIDC]);
    source.close?.();
  });
});
