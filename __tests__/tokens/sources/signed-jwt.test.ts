import { createPublicKey, createSecretKey } from 'node:crypto';
import { decode, type JwtPayload, verify } from 'jsonwebtoken';
import { type AccessToken, HTTPClient, signedJwt, type TokenSource, verifyToken } from '../../../src/index';
import { keyPair } from '../../support/key-pair';
import { service } from '../../support/service';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'ticket-service' };
const USERS = { url: 'http://user-service:8000/users/1' };

function tokenOf(source: TokenSource, request = USERS as { url: string; audience?: string }): AccessToken {
  return source.getToken(request) as AccessToken;
}

function claimsOf({ token }: AccessToken): JwtPayload {
  return decode(token) as JwtPayload;
}

function pem(type: 'rsa' | 'P-256' | 'P-384' | 'P-521' | 'short'): string {
  const { privateKey } =
    type === 'rsa' || type === 'short'
      ? keyPair('rsa', { modulusLength: type === 'rsa' ? 2048 : 1024 })
      : keyPair('ec', { namedCurve: type });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const RSA = pem('rsa');

afterEach(() => {
  jest.restoreAllMocks();
});

test('a service signs its own token, and the other one verifies it', async () => {
  const api = await service();
  const token = signedJwt({
    ...OPTIONS,
    subject: 'worker-1',
    audience: 'user-service',
    claims: { scope: 'users:read' },
  });

  await new HTTPClient({ token }).get(api.url);

  const sent = api.requests[0]?.headers.authorization?.replace('Bearer ', '');
  const now = Date.now() / 1000;
  const claims = await verifyToken({ secret: SECRET, issuer: 'ticket-service', audience: 'user-service' })(sent);
  expect(claims).toMatchObject({ sub: 'worker-1', scope: 'users:read', jti: expect.any(String) as string });
  // Five seconds ago, for verifiers whose clock is behind.
  expect(Math.abs(Number(claims['iat']) + 5 - now)).toBeLessThan(3);
  expect(claims.exp).toBe(Number(claims['iat']) + 300);
});

test('the token is at hand, with its end', () => {
  const answer = signedJwt({ ...OPTIONS, expiresIn: 60 }).getToken(USERS);

  expect(answer).not.toBeInstanceOf(Promise);
  expect((answer as AccessToken).expiresAt).toBe(Number(claimsOf(answer as AccessToken).exp) * 1000);
});

test('it says who signs, and is for the origin of the request, where nothing else is said', () => {
  const claims = claimsOf(tokenOf(signedJwt(OPTIONS)));

  expect(claims).toMatchObject({ iss: 'ticket-service', sub: 'ticket-service', aud: 'http://user-service:8000' });
});

test('the audience is a text, or made from the URL, or what the request asks for', () => {
  const byHost = signedJwt({ ...OPTIONS, audience: ({ hostname }) => hostname });
  const fixed = signedJwt({ ...OPTIONS, audience: 'everybody' });
  const requests = [USERS, { ...USERS, audience: 'urn:hdms:users' }];

  expect(requests.map((request) => claimsOf(tokenOf(byHost, request)).aud)).toEqual(['user-service', 'urn:hdms:users']);
  expect(requests.map((request) => claimsOf(tokenOf(fixed, request)).aud)).toEqual(['everybody', 'urn:hdms:users']);
});

test('a token that was not accepted is not sent again', () => {
  const source = signedJwt(OPTIONS);
  const [refused, other] = [tokenOf(source), tokenOf(source, { url: 'http://other/' })];

  source.invalidate?.(refused.token);

  // In the same second, with the same claims: it still is another token.
  expect(tokenOf(source).token).not.toBe(refused.token);
  expect(tokenOf(source, { url: 'http://other/' })).toBe(other);
});

test.each([
  ['rsa', undefined, 'RS256'],
  ['rsa', 'PS384', 'PS384'],
  ['P-256', undefined, 'ES256'],
  ['P-384', undefined, 'ES384'],
  ['P-521', 'ES512', 'ES512'],
] as const)('a %s key with algorithm %s signs with %s', (type, algorithm, expected) => {
  const privateKey = type === 'rsa' ? RSA : pem(type);
  const { token } = tokenOf(signedJwt({ privateKey, algorithm, keyId: 'key-1', issuer: 'me' }));

  expect(decode(token, { complete: true })?.header).toMatchObject({ alg: expected, kid: 'key-1' });
  expect(verify(token, createPublicKey(privateKey), { algorithms: [expected] })).toMatchObject({ iss: 'me' });
});

test.each([
  [{ issuer: 'me' }, 'signedJwt takes exactly one of `secret` and `privateKey`, got none'],
  [
    { ...OPTIONS, privateKey: RSA },
    'signedJwt takes exactly one of `secret` and `privateKey`, got `secret` and `privateKey`',
  ],
  [{ ...OPTIONS, secret: 'short' }, 'must have at least 32 bytes (RFC 7518, section 3.2), got 5'],
  [{ ...OPTIONS, secret: RSA }, 'Option `signedJwt.secret` must be a secret, got a key in PEM'],
  [{ ...OPTIONS, secret: 5 }, 'Option `signedJwt.secret` must be a string, bytes or a KeyObject, got a number'],
  [{ issuer: 'me', privateKey: SECRET }, 'must be a private key in PEM or a KeyObject, got a string that is not one'],
  [{ issuer: 'me', privateKey: createPublicKey(RSA) }, 'must be a private key, got a public one'],
  [{ issuer: 'me', privateKey: pem('short') }, 'must be an RSA key of at least 2048 bits, an EC key'],
  [{ ...OPTIONS, algorithm: 'RS256' }, "Option `signedJwt.algorithm` must be 'HS256' with this key, got 'RS256'"],
  [{ ...OPTIONS, algorithm: 'none' }, "Option `signedJwt.algorithm` must be 'HS256' with this key, got 'none'"],
  [{ issuer: 'me', privateKey: pem('P-256'), algorithm: 'ES384' }, "must be 'ES256' with this key, got 'ES384'"],
  [{ secret: SECRET }, 'Option `signedJwt.issuer` must be a non-empty string, got undefined'],
  [{ ...OPTIONS, subject: '' }, 'Option `signedJwt.subject` must be a non-empty string, got an empty string'],
  [{ ...OPTIONS, audience: 7 }, 'Option `signedJwt.audience` must be a non-empty string, got a number'],
  [{ ...OPTIONS, keyId: 7 }, 'Option `signedJwt.keyId` must be a non-empty string'],
  [
    { ...OPTIONS, expiresIn: 300_000 },
    'Option `signedJwt.expiresIn` must be a whole number of seconds from 5 to 86400, got 300000',
  ],
  [{ ...OPTIONS, claims: [] }, 'Option `signedJwt.claims` must be an object of claims by name'],
  [{ ...OPTIONS, claims: new Map([['tenant', 'a']]) }, 'by name, got an instance of Map'],
  [{ ...OPTIONS, claims: Promise.resolve({ tenant: 'a' }) }, 'by name, got an instance of Promise'],
  [{ ...OPTIONS, claims: { exp: 1 } }, 'Option `signedJwt.claims` must not contain `exp`'],
  [{ ...OPTIONS, claims: { big: 1n } }, 'Option `signedJwt.claims` must be serialisable as JSON'],
  [{ ...OPTIONS, expireIn: 60 }, 'Unknown option of signedJwt `expireIn`. Did you mean `expiresIn`?'],
])('a wrong option is refused when the source is made: case %#', (options, message) => {
  expect(() => signedJwt(options as never)).toThrow(message);
});

test.each([
  { issuer: 'me', privateKey: RSA.replace('BEGIN', 'BEGGIN') },
  { ...OPTIONS, algorithm: 'RS256' },
  { issuer: '', secret: SECRET },
])('the error of a wrong option quotes neither secret nor key: case %#', (options) => {
  const make = (): TokenSource => signedJwt(options as never);

  expect(make).toThrow(TypeError);
  expect(make).not.toThrow(/thirty-two|PRIVATE|MII/);
});

test.each([Buffer.from(SECRET), new TextEncoder().encode(SECRET), createSecretKey(Buffer.from(SECRET))])(
  'a secret may be bytes or a key object: case %#',
  (secret) => {
    const { token } = tokenOf(signedJwt({ ...OPTIONS, secret }));

    expect(verify(token, SECRET, { algorithms: ['HS256'] })).toMatchObject({ iss: 'ticket-service' });
  },
);

test('a function that makes no audience fails the call, which is not sent', async () => {
  const api = await service();
  const client = new HTTPClient({ token: signedJwt({ ...OPTIONS, audience: () => '' }) });

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  expect(api.requests).toHaveLength(0);
});
