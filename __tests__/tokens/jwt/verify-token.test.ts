import { createHmac } from 'node:crypto';
import { type Secret, sign, type SignOptions } from 'jsonwebtoken';
import { type AccessToken, InvalidToken, signedJwt, type TokenClaims, verifyToken } from '../../../src/index';
import { keyPair } from '../../support/key-pair';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'ticket-service', audience: 'user-service' };
const CLAIMS = { iss: 'ticket-service', aud: 'user-service', sub: 'worker-1' };
const rsa = keyPair('rsa', { modulusLength: 2048 });
const ec = keyPair('ec', { namedCurve: 'P-256' });
const PUBLIC = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PUBLIC_OPTIONS = { publicKey: PUBLIC, issuer: CLAIMS.iss, audience: CLAIMS.aud };

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** A token that is good, but for what is said. */
function token(claims: object = {}, key: Secret = SECRET, options: SignOptions = {}): string {
  return sign({ ...CLAIMS, exp: now() + 60, ...claims }, key, options);
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A good token, with any header. */
function withHeader(header: object, secret = SECRET): string {
  const input = `${base64(header)}.${base64({ ...CLAIMS, exp: now() + 60 })}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** Why a token is refused; that it is not counts as none. */
async function refusal(refused: Promise<TokenClaims>): Promise<InvalidToken | undefined> {
  return refused.then(
    () => undefined,
    (error: unknown) => error as InvalidToken,
  );
}

test('a token that its issuer signed for this service says what it says', async () => {
  const claims = await verifyToken(OPTIONS)(token({ scope: 'users:read' }));

  expect(claims).toMatchObject({ ...CLAIMS, scope: 'users:read', exp: expect.any(Number) as number });
});

test.each([
  ['a public key', rsa.privateKey, PUBLIC, 'RS256'],
  ['a public key and PS384', rsa.privateKey, PUBLIC, 'PS384'],
  ['a key object', ec.privateKey, ec.publicKey, 'ES256'],
] as const)('a token is verified with %s', async (_, privateKey, publicKey, algorithm) => {
  const verify = verifyToken({ publicKey, issuer: CLAIMS.iss, audience: CLAIMS.aud });

  expect(await verify(token({}, privateKey, { algorithm }))).toMatchObject(CLAIMS);
});

const ed25519 = keyPair('ed25519');

test.each(['ed25519', 'ed448'] as const)('a token that is signed with %s is verified', async (type) => {
  const { privateKey, publicKey } = keyPair(type);
  const source = signedJwt({ privateKey, issuer: CLAIMS.iss, audience: CLAIMS.aud, keyId: 'k' });
  const { token: signed } = source.getToken({ url: 'http://y/' }) as AccessToken;
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k' };
  const [header, payload, signature = ''] = signed.split('.');
  const changed = base64({ ...CLAIMS, sub: 'admin', exp: now() + 60 });

  for (const keys of [{ publicKey }, { jwks: { keys: [jwk] } }]) {
    const verify = verifyToken({ ...keys, issuer: CLAIMS.iss, audience: CLAIMS.aud });
    expect(await verify(signed)).toMatchObject({ iss: CLAIMS.iss, aud: CLAIMS.aud });
    for (const wrong of [`${header}.${changed}.${signature}`, `${header}.${payload}.`, `${header}.${payload}.AA`]) {
      expect(await refusal(verify(wrong))).toMatchObject({ reason: 'signature' });
    }
  }
});

test.each([
  ['ES256', ec],
  ['EdDSA', ed25519],
] as const)('the key of a token is found by an id that is not ASCII: %s', async (_, { privateKey, publicKey }) => {
  const options = { issuer: CLAIMS.iss, audience: CLAIMS.aud };
  const source = signedJwt({ ...options, privateKey, keyId: 'schlüssel-€' });
  const { token: signed } = source.getToken({ url: 'http://y/' }) as AccessToken;
  const jwk = publicKey.export({ format: 'jwk' });
  const jwks = { keys: ['schlüssel', 'schlüssel-€'].map((kid) => ({ ...jwk, kid })) };

  expect(await verifyToken({ ...options, jwks })(signed)).toMatchObject({ iss: CLAIMS.iss });
});

test('EdDSA is for keys that have it only', async () => {
  const forged = `${base64({ alg: 'EdDSA' })}.${base64({ ...CLAIMS, exp: now() + 60 })}.AA`;
  const verify = verifyToken({ publicKey: ed25519.publicKey, issuer: CLAIMS.iss, audience: CLAIMS.aud });

  expect(await refusal(verifyToken(PUBLIC_OPTIONS)(forged))).toMatchObject({ reason: 'algorithm' });
  expect(await refusal(verify(token({}, ec.privateKey, { algorithm: 'ES256' })))).toMatchObject({
    reason: 'algorithm',
  });
});

test.each<unknown>([{ toString: 1 }, { toString: null, valueOf: null }, [], null, 7, true])(
  'a typ that is not a text is no type, and no failure of the service: %j',
  async (typ) => {
    const odd = withHeader({ alg: 'HS256', typ });

    expect(await verifyToken(OPTIONS)(odd)).toMatchObject(CLAIMS);
    expect(await refusal(verifyToken({ ...OPTIONS, tokenType: 'at+jwt' })(odd))).toMatchObject({ reason: 'type' });
    expect(await refusal(verifyToken(OPTIONS)(`${odd}AAAA`))).toMatchObject({ reason: 'signature' });
  },
);

test.each([
  ['at+jwt', 'at+jwt', undefined],
  ['at+jwt', 'application/AT+JWT', undefined],
  [['at+jwt', 'jwt'], 'JWT', undefined],
  ['at+jwt', 'JWT', 'the token is not of type at+jwt'],
  [['a', 'b'], undefined, 'the token is not of type a or b'],
])('with `tokenType: %j`, a token of type %s is accepted or refused: %s', async (tokenType, typ, message) => {
  const signed = token({}, SECRET, { header: { alg: 'HS256', typ } });

  expect((await refusal(verifyToken({ ...OPTIONS, tokenType })(signed)))?.message).toBe(message);
});

test('what signedJwt signs is verified, with one of several issuers and names', async () => {
  const source = signedJwt({ privateKey: ec.privateKey, issuer: 'b', audience: 'y' });
  const { token: signed } = source.getToken({ url: 'http://y/' }) as AccessToken;
  const verify = verifyToken({ publicKey: ec.publicKey, issuer: ['a', 'b'], audience: ['x', 'y'] });

  expect(await verify(signed)).toMatchObject({ iss: 'b', aud: 'y' });
  expect(await verify(token({ iss: 'a', aud: ['z', 'x'] }, ec.privateKey, { algorithm: 'ES256' }))).toMatchObject({
    aud: ['z', 'x'],
  });
});

test.each([
  ['expired', { exp: now() - 60 }, /^the token expired at 20\d\d-.*Z$/],
  ['not-active', { nbf: now() + 60 }, /^the token is not valid before 20\d\d-.*Z$/],
  ['audience', { aud: 'admin-service' }, /^the token is for another audience: expected user-service$/],
  ['audience', { aud: undefined }, /^the token is for another audience: expected user-service$/],
  ['issuer', { iss: 'evil' }, /^the token is from another issuer: expected ticket-service$/],
  ['issuer', { iss: undefined }, /^the token is from another issuer: expected ticket-service$/],
  ['malformed', { exp: undefined }, /^the token has no expiry \(exp\)$/],
  ['malformed', { sub: { id: 1 } }, /^the token has a sub that is not a string$/],
  ['malformed', { nbf: 'soon' }, /^the token has an nbf that is not a number$/],
  ['malformed', { exp: 'never' }, /^the token has an exp that is not a number$/],
])('a token is refused for %s: %j', async (reason, claims, message) => {
  const payload = { ...CLAIMS, exp: now() + 60, ...claims };
  const refused = await refusal(verifyToken(OPTIONS)(sign(JSON.stringify(payload), SECRET)));

  expect(refused).toBeInstanceOf(InvalidToken);
  expect(refused).toMatchObject({ name: 'InvalidToken', reason, message: expect.stringMatching(message) as string });
});

test.each([
  ['missing', undefined, 'the token is missing'],
  ['missing', '', 'the token is missing'],
  ['malformed', 'opaque', 'the token is not a JWT'],
  ['malformed', 'a.b.c', 'the token is not a JWT'],
  ['malformed', 7, 'the token is not a JWT'],
  ['malformed', sign('a text', SECRET), 'the token is not a JWT'],
  ['malformed', sign('null', SECRET), 'the token is not a JWT'],
  ['malformed', token({}, SECRET, { header: { alg: 'HS256', kid: 7 as never } }), 'the token is not a JWT'],
  ['malformed', token({}, SECRET, { header: { alg: 'HS256', crit: ['exp'] } }), /is not supported \(crit\)$/],
  ['signature', token({}, 'another secret of thirty-two bytes!'), 'the token has a wrong signature'],
  ['signature', token().replace(/[^.]*$/, ''), 'the token has a wrong signature'],
  ['algorithm', token({}, SECRET, { algorithm: 'HS512' }), 'the token is not signed with HS256'],
  ['algorithm', token({}, rsa.privateKey, { algorithm: 'RS256' }), 'the token is not signed with HS256'],
])('what is no good token is refused as %s: case %#', async (reason, wrong, message) => {
  const refused = await refusal(verifyToken(OPTIONS)(wrong as never));

  expect(refused).toMatchObject({ name: 'InvalidToken', reason });
  expect(refused?.message).toMatch(message);
});

test.each(['none', 'None', 'NONE'])('a token with algorithm %s is refused', async (alg) => {
  const unsigned = `${base64({ alg, typ: 'JWT' })}.${base64({ ...CLAIMS, exp: now() + 60 })}.`;

  for (const options of [OPTIONS, PUBLIC_OPTIONS]) {
    expect(await refusal(verifyToken(options)(unsigned))).toMatchObject({ reason: 'algorithm' });
  }
});

test('a public key is never taken for a secret', async () => {
  const forged = withHeader({ alg: 'HS256', typ: 'JWT' }, PUBLIC);

  expect(await refusal(verifyToken(PUBLIC_OPTIONS)(forged))).toMatchObject({ reason: 'algorithm' });
  expect(() => verifyToken({ ...OPTIONS, secret: PUBLIC })).toThrow('must be a secret, got a key in PEM');
});

test('algorithms narrow down what the key is for', async () => {
  const verify = verifyToken({ ...PUBLIC_OPTIONS, algorithms: ['PS256'] });

  expect(await verify(token({}, rsa.privateKey, { algorithm: 'PS256' }))).toMatchObject(CLAIMS);
  expect(await refusal(verify(token({}, rsa.privateKey, { algorithm: 'RS256' })))).toMatchObject({
    message: 'the token is not signed with PS256',
  });
});

test.each([
  [undefined, 3, 30],
  [0, -10, 2],
  [60, 50, 70],
])('with a clock tolerance of %p, a token that ended %i s ago is good and one of %i s is not', async (...row) => {
  const [clockTolerance, good, late] = row;
  const verify = verifyToken({ ...OPTIONS, clockTolerance });

  expect(await verify(token({ exp: now() - good }))).toMatchObject(CLAIMS);
  expect(await verify(token({ nbf: now() + good }))).toMatchObject(CLAIMS);
  expect(await refusal(verify(token({ exp: now() - late })))).toMatchObject({ reason: 'expired' });
});

test.each([
  [{ issuer: 'a', audience: 'b' }, 'verifyToken takes exactly one of `secret`, `publicKey` and `jwks`'],
  [{ ...OPTIONS, publicKey: PUBLIC }, 'verifyToken takes exactly one of `secret`, `publicKey` and `jwks`'],
  [{ ...OPTIONS, secret: 'short' }, 'Option `verifyToken.secret` must have at least 32 bytes'],
  [{ ...PUBLIC_OPTIONS, publicKey: SECRET }, 'Option `verifyToken.publicKey` must be a public key in PEM'],
  [{ ...PUBLIC_OPTIONS, publicKey: rsa.privateKey }, 'must be a public key, got a private one'],
  [
    { ...OPTIONS, issuer: undefined },
    'Option `verifyToken.issuer` must be a non-empty string or a non-empty list of them',
  ],
  [
    { ...OPTIONS, audience: [] },
    'Option `verifyToken.audience` must be a non-empty string or a non-empty list of them',
  ],
  [
    { ...OPTIONS, audience: '' },
    'Option `verifyToken.audience` must be a non-empty string or a non-empty list of them',
  ],
  [
    { ...OPTIONS, audience: [/.*/] },
    'Option `verifyToken.audience` must be a non-empty string or a non-empty list of them',
  ],
  [{ ...OPTIONS, algorithms: ['none'] }, "Option `verifyToken.algorithms` must be 'HS256', got 'none'"],
  [{ ...PUBLIC_OPTIONS, algorithms: ['RS256', 'HS256'] }, "'RS512', 'PS256', 'PS384' or 'PS512', got 'HS256'"],
  [
    { ...OPTIONS, algorithms: [] },
    'Option `verifyToken.algorithms` must be a non-empty string or a non-empty list of them',
  ],
  [{ ...OPTIONS, tokenType: [''] }, 'Option `verifyToken.tokenType` must be a non-empty string'],
  [
    { ...OPTIONS, clockTolerance: 301 },
    'Option `verifyToken.clockTolerance` must be a number of seconds from 0 to 300, got 301',
  ],
  [{ ...OPTIONS, audiance: 'x' }, 'Unknown option of verifyToken `audiance`. Did you mean `audience`?'],
])('a wrong option is refused when the function is made: case %#', (options, message) => {
  expect(() => verifyToken(options as never)).toThrow(message);
});
