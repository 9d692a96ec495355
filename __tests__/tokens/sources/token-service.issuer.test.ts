import { decode } from 'jsonwebtoken';
import { HTTPClient, tokenService, type TokenServiceOptions } from '../../../src/index';
import { CLIENTS, issuer, type Issuer } from '../../support/issuer';
import { service, type Service } from '../../support/service';

let authority: Issuer;
const clients: HTTPClient[] = [];

beforeAll(async () => {
  authority = await issuer();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientOf(options: Partial<TokenServiceOptions>): HTTPClient {
  const where = options.issuer === undefined ? { url: authority.tokenUrl } : {};
  const client = new HTTPClient({ token: tokenService({ ...where, ...CLIENTS.basic, ...options }), timeout: 30 });
  clients.push(client);
  return client;
}

/** What the token says that reached `api` with its last request. */
function claims(api: Service, index = -1): Record<string, unknown> {
  const [, token = ''] = api.requests.at(index)?.headers.authorization?.split(' ') ?? [];
  return decode(token, { json: true }) ?? {};
}

/** The token requests that `act` makes. */
async function requestsOf(act: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  const before = (await authority.requests()).length;
  await act();
  const after = (await authority.requests()).slice(before);
  return after.filter(({ path }) => path === '/token') as unknown as Record<string, unknown>[];
}

test.each<[string, Partial<TokenServiceOptions> & { readonly clientId: string }]>([
  ['client_secret_basic', CLIENTS.basic],
  ['client_secret_post', { ...CLIENTS.post, authMethod: 'client_secret_post' }],
  ['private_key_jwt with RSA', { ...CLIENTS.rsa, clientSecret: undefined }],
  ['private_key_jwt with an elliptic curve', { ...CLIENTS.ec, clientSecret: undefined, authMethod: 'private_key_jwt' }],
])('%s says who the client is', async (_, options) => {
  const api = await service();

  await clientOf(options).get(api.url);

  expect(claims(api)).toMatchObject({ iss: authority.url, client_id: options.clientId, aud: 'urn:hdms:api' });
});

test.each([{ url: true }, { issuer: true }])(
  'an assertion is for whom it is sent to, and never sent twice: %j',
  async ({ issuer: byIssuer }) => {
    const api = await service();
    const where = byIssuer ? { issuer: authority.url, url: undefined } : { url: authority.tokenUrl };
    await authority.fail({ status: 503, times: 2 });

    const requests = await requestsOf(async () =>
      clientOf({ ...CLIENTS.rsa, clientSecret: undefined, ...where }).get(api.url),
    );

    expect(requests.map(({ status }) => status)).toEqual([503, 503, 200]);
    const { client_assertion: assertion } = requests[2]?.['form'] as Record<string, string>;
    expect(decode(assertion ?? '', { complete: true })).toMatchObject({
      header: { alg: 'RS256', kid: CLIENTS.rsa.keyId },
      payload: { iss: 'rsa-service', sub: 'rsa-service', aud: byIssuer ? authority.url : authority.tokenUrl },
    });
  },
);

test('an issuer is asked where its token endpoint is, once', async () => {
  const api = await service();
  const before = (await authority.requests()).length;
  const client = clientOf({ issuer: authority.url, audience: ({ pathname }) => `urn:api:${pathname.slice(1)}` });

  await Promise.all(['/a', '/b', '/c'].map(async (path) => client.get(api.url + path)));
  await client.get(`${api.url}/d`);

  const paths = (await authority.requests()).slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path !== '/token')).toEqual(['/.well-known/openid-configuration']);
  expect(paths.filter((path) => path === '/token')).toHaveLength(4);
});

test('200 first calls at once are one token request', async () => {
  const api = await service();
  const client = clientOf({});

  const requests = await requestsOf(async () =>
    Promise.all(Array.from({ length: 200 }, async () => client.get(api.url))),
  );

  expect(requests).toHaveLength(1);
  expect(new Set(api.requests.map(({ headers }) => headers.authorization)).size).toBe(1);
  expect(api.requests).toHaveLength(200);
});

test.each<['resource' | 'audience']>([['resource'], ['audience']])(
  '200 first calls for two audiences, told as `%s`, are two token requests',
  async (parameter) => {
    const api = await service();
    const client = clientOf({ [parameter]: ({ pathname }: URL) => `urn:api:${pathname.slice(1)}` });

    const requests = await requestsOf(async () =>
      Promise.all(Array.from({ length: 200 }, async (_, index) => client.get(`${api.url}/${index % 2}`))),
    );

    const forms = requests.map(({ form }) => form as Record<string, string>);
    expect(forms.map((form) => form[parameter]).sort()).toEqual(['urn:api:0', 'urn:api:1']);
    for (const [index, { url }] of api.requests.entries())
      expect(claims(api, index)['aud']).toBe(`urn:api:${url.slice(1)}`);
  },
);

test('a resource is the same for every call where it is a text', async () => {
  const api = await service();

  await clientOf({ resource: 'urn:api:users' }).get(`${api.url}/anything`);

  expect(claims(api)['aud']).toBe('urn:api:users');
});

test('an audience that a request names takes the place of the resource', async () => {
  const source = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic, resource: 'urn:api:users' });

  const answer = await source.getToken({ url: 'http://users/', audience: 'urn:api:tickets' });

  expect(decode((answer as { token: string }).token)).toMatchObject({ aud: 'urn:api:tickets' });
  source.close?.();
});

test('scopes and further parameters are sent', async () => {
  const api = await service();

  const [request] = await requestsOf(async () =>
    clientOf({ scope: 'users:read tickets:read', parameters: { tenant: 'a' } }).get(api.url),
  );

  expect(request?.['form']).toEqual({
    grant_type: 'client_credentials',
    scope: 'users:read tickets:read',
    tenant: 'a',
  });
  expect(claims(api)['scope']).toBe('users:read tickets:read');
});

test('a token that is not accepted is replaced by one request, for all', async () => {
  const source = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic });
  const ask = async (): Promise<unknown> => source.getToken({ url: 'http://users/' });
  const first = (await ask()) as { token: string };
  await authority.revokeAll();

  const requests = await requestsOf(async () => {
    source.invalidate?.(first.token);
    const tokens = await Promise.all(Array.from({ length: 50 }, ask));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toEqual(first);
    // Word that comes late says nothing of the new one.
    source.invalidate?.(first.token);
    expect(await ask()).toBe(tokens[0]);
  });

  expect(requests).toHaveLength(1);
  source.close?.();
});
