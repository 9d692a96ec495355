import { sign } from 'jsonwebtoken';
import { HTTPClient, tokenService, type HTTPClientOptions, type TokenServiceOptions } from '../../../src/index';
import { service, type Answer, type Service } from '../../support/service';

const SECRET = 's3cr3t/+ &=:é';
const CLIENT = { clientId: 'ticket service:1', clientSecret: SECRET };
const FAST = { retry: { base: 0.001 } } satisfies HTTPClientOptions;

/** A token service that issues `token-1`, `token-2` and so on. */
async function issuer(
  answer: (token: string) => Answer = (token) => ({ json: { access_token: token, expires_in: 3600 } }),
): Promise<Service> {
  let issued = 0;
  return service(() => answer(`token-${++issued}`));
}

function clientOf({ url }: { readonly url: string }, options: Partial<TokenServiceOptions> = {}): HTTPClient {
  return new HTTPClient({ ...FAST, token: tokenService({ url, ...CLIENT, ...options }) });
}

function bearers({ requests }: Service): unknown[] {
  return requests.map(({ headers }) => headers.authorization);
}

function passTime(seconds: number): void {
  const now = Date.now() + seconds * 1000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
}

afterEach(() => {
  jest.restoreAllMocks();
  for (const name of Object.keys(process.env))
    if (name.startsWith('TOKEN_SERVICE_')) Reflect.deleteProperty(process.env, name);
});

test('a token is asked for with the client credentials grant', async () => {
  const [api, tokens] = [await service(), await issuer()];

  await clientOf(tokens, { scope: 'users:read tickets:read' }).get(api.url);

  expect(bearers(api)).toEqual(['Bearer token-1']);
  const { method, headers, body } = tokens.requests[0] ?? {};
  expect(method).toBe('POST');
  expect(headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
  expect(body?.toString()).toBe('grant_type=client_credentials&scope=users%3Aread+tickets%3Aread');
  // RFC 6749, section 2.3.1 and appendix B.
  const credentials = 'ticket+service%3A1:s3cr3t%2F%2B+%26%3D%3A%C3%A9';
  expect(headers?.authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`);
});

test('a scope is sent only where there is one', async () => {
  const [api, tokens] = [await service(), await issuer()];

  await clientOf(tokens).get(api.url);

  expect(tokens.requests[0]?.body.toString()).toBe('grant_type=client_credentials');
});

test.each([undefined, 'users:read'])('the environment names a token service, with scope %s', async (scope) => {
  const [api, tokens] = [await service(), await issuer()];
  Object.assign(process.env, {
    TOKEN_SERVICE_URL: `${tokens.url}/oauth/token`,
    TOKEN_SERVICE_CLIENT_ID: 'ticket-service',
    TOKEN_SERVICE_CLIENT_SECRET: 'pw',
    TOKEN_SERVICE_SCOPE: scope ?? '',
  });

  await new HTTPClient(FAST).get(api.url);

  expect(bearers(api)).toEqual(['Bearer token-1']);
  expect(tokens.requests[0]).toMatchObject({
    url: '/oauth/token',
    headers: { authorization: `Basic ${btoa('ticket-service:pw')}` },
  });
  const form = new URLSearchParams(tokens.requests[0]?.body.toString());
  expect(form.get('scope')).toBe(scope ?? null);
});

test('50 callers at once share one request', async () => {
  const [api, tokens] = [await service(), await issuer()];
  const client = clientOf(tokens);

  await Promise.all(Array.from({ length: 50 }, async () => client.get(api.url)));
  await client.get(api.url);

  expect(tokens.requests).toHaveLength(1);
  expect(new Set(bearers(api))).toEqual(new Set(['Bearer token-1']));
  expect(api.requests).toHaveLength(51);
});

test('the abort of one caller leaves the token of the others alone', async () => {
  const controller = new AbortController();
  const api = await service();
  const tokens = await service(() => {
    controller.abort();
    return { delay: 10, json: { access_token: 'x' } };
  });
  const client = clientOf(tokens);

  const outcomes = await Promise.allSettled([
    client.get(api.url, { signal: controller.signal }),
    client.get(api.url),
    client.get(api.url, { deadline: 10 }),
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(outcomes[0]).toMatchObject({ reason: { name: 'RequestCancelled' } });
  expect(tokens.requests).toHaveLength(1);
});

test('a token is used until shortly before its expires_in, and then replaced', async () => {
  const [api, tokens] = [await service(), await issuer()];
  const client = clientOf(tokens);
  await client.get(api.url);

  passTime(3560);
  await client.get(api.url);
  passTime(30);
  await client.get(api.url);

  expect(bearers(api)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
});

test.each([
  ['alone', undefined],
  ['where expires_in says later', 7200],
  ['where expires_in says it as a text', '7200'],
])('a token is replaced shortly before its own exp %s', async (_, expiresIn) => {
  const api = await service();
  const tokens = await issuer((jti) => ({
    json: {
      access_token: sign({ sub: 'ticket-service' }, 'key', { expiresIn: 3600, jwtid: jti }),
      expires_in: expiresIn,
    },
  }));
  const client = clientOf(tokens);
  await client.get(api.url);

  passTime(3560);
  await client.get(api.url);
  passTime(30);
  await client.get(api.url);

  const [first, second, third] = bearers(api);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(tokens.requests).toHaveLength(2);
});

test('expires_in comes first where the exp of the token is later', async () => {
  const api = await service();
  const tokens = await issuer((jti) => ({
    json: { access_token: sign({}, 'key', { expiresIn: 7200, jwtid: jti }), expires_in: '3600' },
  }));
  const client = clientOf(tokens);
  await client.get(api.url);

  passTime(3590);
  await client.get(api.url);

  expect(tokens.requests).toHaveLength(2);
});

test('a token that does not say how long it lives is kept for a minute', async () => {
  const api = await service();
  const tokens = await issuer((token) => ({ json: { access_token: token } }));
  const client = clientOf(tokens);
  await client.get(api.url);

  passTime(45);
  await client.get(api.url);
  passTime(15);
  await client.get(api.url);

  expect(bearers(api)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
});

test('a retry after the token has ended takes a new one', async () => {
  const tokens = await issuer();
  const api = await service(({ headers }) => {
    passTime(3600);
    return { status: headers.authorization === 'Bearer token-1' ? 503 : 200 };
  });

  const { retries } = await clientOf(tokens).get(api.url);

  expect(retries).toBe(1);
  expect(bearers(api)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test.each<[Partial<TokenServiceOptions>, string]>([
  [{ url: '/token' }, 'tokenService.url (TOKEN_SERVICE_URL)'],
  [{ clientId: '' }, 'tokenService.clientId (TOKEN_SERVICE_CLIENT_ID)'],
  [{ clientSecret: '' }, 'tokenService.clientSecret (TOKEN_SERVICE_CLIENT_SECRET)'],
  [{ timeout: 5000 }, 'tokenService.timeout'],
])('%j is refused by name', (wrong, name) => {
  expect(() => tokenService({ url: 'http://token-service/token', ...CLIENT, ...wrong })).toThrow(name);
});

test('a token service in the environment without its secret is refused by name', () => {
  Object.assign(process.env, { TOKEN_SERVICE_URL: 'http://token-service', TOKEN_SERVICE_CLIENT_ID: 'id' });

  expect(() => new HTTPClient()).toThrow('TOKEN_SERVICE_CLIENT_SECRET');
});

test('a client that is closed closes its connection to the token service', async () => {
  const [api, tokens] = [await service(), await issuer()];
  const client = clientOf(tokens);
  await client.get(api.url);

  client.close();

  while ((await tokens.connections()) > 0) await new Promise(setImmediate);
  expect(await tokens.connections()).toBe(0);
});
