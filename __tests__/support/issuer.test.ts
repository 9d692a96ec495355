import { decode, sign, type JwtPayload } from 'jsonwebtoken';
import { HTTPClient, isHTTPError } from '../../src/index';
import { CLIENTS, issuer, type Issuer } from './issuer';

const http = new HTTPClient({ token: null, retryAttempts: 0 });
const GRANT = { grant_type: 'client_credentials' };

let tokens: Issuer;

beforeAll(async () => {
  tokens = await issuer();
});

interface Granted {
  readonly access_token: string;
  readonly expires_in: number;
}

async function grant(form: object = {}, { clientId, clientSecret }: Secret = CLIENTS.basic): Promise<string> {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  const { access_token: token } = await http.postJson<Granted>(tokens.tokenUrl, {
    data: { ...GRANT, ...form },
    headers: { Authorization: `Basic ${btoa(`${encode(clientId)}:${encode(clientSecret)}`)}` },
  });
  return token;
}

interface Secret {
  readonly clientId: string;
  readonly clientSecret: string;
}

function claims(token: string): JwtPayload {
  return decode(token) as JwtPayload;
}

test('the issuer of the tests grants client credentials, for a resource and for scopes', async () => {
  const token = await grant({ resource: 'urn:hdms:users', scope: 'users:read' });

  expect(claims(token)).toMatchObject({
    iss: tokens.url,
    sub: CLIENTS.basic.clientId,
    aud: 'urn:hdms:users',
    scope: 'users:read',
  });
  expect(claims(await grant({ audience: 'https://users' }, CLIENTS.other)).aud).toBe('https://users');
});

test('it refuses a wrong secret, a resource that it does not know and a scope that nobody may have', async () => {
  const refusals = [
    grant({}, { ...CLIENTS.other, clientSecret: 'a-guess' }),
    grant({ resource: 'urn:unknown:1' }),
    grant({ scope: 'admin' }),
  ].map(async (refusal) => refusal.catch((error: unknown) => (isHTTPError(error) ? error.response.data : error)));

  expect(await Promise.all(refusals)).toMatchObject(
    ['invalid_client', 'invalid_target', 'invalid_scope'].map((error) => ({ error })),
  );
});

test('it knows clients by a secret in the form and by a signed assertion', async () => {
  const { clientId, clientSecret } = CLIENTS.post;
  const data = { ...GRANT, client_id: clientId, client_secret: clientSecret };
  const granted = await http.postJson<Granted>(tokens.tokenUrl, { data });

  expect(claims(granted.access_token).sub).toBe(clientId);
  for (const { clientId: id, privateKey, algorithm, keyId } of [CLIENTS.rsa, CLIENTS.ec]) {
    const assertion = sign({ jti: `${id}-1` }, privateKey, {
      ...{ algorithm, keyid: keyId, issuer: id, subject: id, audience: tokens.url, expiresIn: 60 },
    });
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const form = { ...GRANT, client_assertion: assertion, client_assertion_type: type };
    const { access_token: token } = await http.postJson<Granted>(tokens.tokenUrl, { data: form });

    expect(claims(token).sub).toBe(id);
  }
});

test('it exchanges the token of a user for one with another audience', async () => {
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await tokens.tokenFor('ada'),
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: 'urn:hdms:tickets',
  };

  expect(claims(await grant(exchange))).toMatchObject({
    sub: 'ada',
    aud: 'urn:hdms:tickets',
    act: { sub: CLIENTS.basic.clientId },
  });
  await expect(grant({ ...exchange, subject_token: 'forged' })).rejects.toMatchObject({ status: 400 });
});

test.each(['openid-configuration', 'oauth-authorization-server'])('it is discovered at %s', async (name) => {
  expect(await http.getJson(`${tokens.url}/.well-known/${name}`)).toMatchObject({
    issuer: tokens.url,
    token_endpoint: tokens.tokenUrl,
    jwks_uri: tokens.jwksUrl,
  });
});

test('it counts token requests, and says what was in them', async () => {
  const before = await tokens.tokenRequests();

  await grant({ scope: 'users:read' });
  await http.get(tokens.jwksUrl);

  expect(await tokens.tokenRequests()).toBe(before + 1);
  const last = (await tokens.requests()).findLast(({ path }) => path === '/token');
  expect(last).toMatchObject({ status: 200, client: CLIENTS.basic.clientId, form: { ...GRANT, scope: 'users:read' } });
});

test('it goes away and comes back on the same port, with the same keys', async () => {
  const keys = await http.getJson(tokens.jwksUrl);

  await tokens.stop();
  await expect(grant()).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
  await tokens.start();

  expect(await http.getJson(tokens.jwksUrl)).toEqual(keys);
});

test('it is slow, fails and changes the life of its tokens when it is told to', async () => {
  await tokens.set({ delay: 0.1, lifetime: 4 });
  const start = performance.now();
  const { iat = 0, exp } = claims(await grant());
  await tokens.set({ delay: 0 });
  await tokens.fail({ status: 503, error: 'temporarily_unavailable' });

  expect(performance.now() - start).toBeGreaterThan(95);
  expect(exp).toBe(iat + 4);
  await expect(grant()).rejects.toMatchObject({ status: 503 });
  await expect(grant()).resolves.toEqual(expect.any(String));
});

test('its tokens are active until they are revoked', async () => {
  const [old, forged] = [await grant(), sign({}, 'another key')];

  expect([await tokens.isActive(old), await tokens.isActive(forged)]).toEqual([true, false]);
  await tokens.revokeAll();

  expect([await tokens.isActive(old), await tokens.isActive(await grant())]).toEqual([false, true]);
});

test('new keys come beside the old ones or in their place', async () => {
  const kids = async (): Promise<string[]> => {
    const { keys } = await http.getJson<{ keys: { kid: string }[] }>(tokens.jwksUrl);
    return keys.map(({ kid }) => kid);
  };
  const [first] = await kids();

  const second = await tokens.rotateKeys({ keepOld: true });
  expect(await kids()).toEqual([second, first]);
  const third = await tokens.rotateKeys();

  expect(await kids()).toEqual([third]);
  expect(decode(await grant(), { complete: true })?.header.kid).toBe(third);
});

test('its tokens can be opaque', async () => {
  const opaque = await issuer({ format: 'opaque' });
  const { clientId, clientSecret } = CLIENTS.post;
  const data = { ...GRANT, client_id: clientId, client_secret: clientSecret };

  const { access_token: token } = await http.postJson<Granted>(opaque.tokenUrl, { data });

  expect([decode(token), await opaque.isActive(token)]).toEqual([null, true]);
});
