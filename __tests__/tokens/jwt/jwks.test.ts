import { type JsonWebKey } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { HTTPClient, type TokenClaims, verifyToken } from '../../../src/index';
import { issuer, type Issuer } from '../../support/issuer';
import { keyPair } from '../../support/key-pair';
import { NAMES, pair, reasonOf, tokenOf, type Pair } from '../../support/key-pairs';
import { type Answer, service } from '../../support/service';

const [first, second, rsa] = [pair('first'), pair('second'), pair('rsa', 'rsa')];

function setOf(...pairs: readonly Pair[]): Answer {
  return { json: { keys: pairs.map(({ jwk }) => jwk) } };
}

/** From now on it is `seconds` later on the clock that is never set. */
function passTime(seconds: number): void {
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + seconds * 1000);
}

/** Lets what goes on in the background come to its end. */
async function settled(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 20));
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a real issuer', () => {
  let tokens: Issuer;

  beforeAll(async () => {
    tokens = await issuer();
  });

  test('its key set is fetched once for all of its tokens, without a token', async () => {
    const verify = verifyToken({ jwks: tokens.jwksUrl, issuer: tokens.url, audience: 'urn:hdms:api' });
    const signed = await Promise.all(['ada', 'bob', 'eve'].map(async (name) => tokens.tokenFor(name)));

    const claims = await Promise.all(signed.map(async (token) => verify(token)));
    await verify(signed[0]);

    expect(claims.map(({ sub }) => sub)).toEqual(['ada', 'bob', 'eve']);
    expect((await tokens.requests()).map(({ path }) => path)).toEqual(['/jwks']);
  });

  test('a token for another audience is refused', async () => {
    const verify = verifyToken({ jwks: tokens.jwksUrl, issuer: tokens.url, audience: 'urn:hdms:users' });

    expect(await reasonOf(verify(await tokens.tokenFor('ada')))).toBe('audience');
  });

  test('a new key is learnt, and one that was withdrawn is forgotten', async () => {
    const verify = verifyToken({ jwks: tokens.jwksUrl, issuer: tokens.url, audience: 'urn:hdms:api' });
    const old = await tokens.tokenFor('ada');
    await verify(old);

    await tokens.rotateKeys();
    const renewed = await tokens.tokenFor('ada');
    passTime(31);

    expect(await verify(renewed)).toMatchObject({ sub: 'ada' });
    expect(await reasonOf(verify(old))).toBe('unknown-key');
  });

  test('it may be down while its keys are known', async () => {
    const verify = verifyToken({ jwks: tokens.jwksUrl, issuer: tokens.url, audience: 'urn:hdms:api' });
    const token = await tokens.tokenFor('ada');
    await verify(token);

    await tokens.stop();
    passTime(3600);

    expect(await verify(token)).toMatchObject({ sub: 'ada' });
    await tokens.start();
  });
});

test('an unknown key is looked for once in 30 s', async () => {
  const keys = await service([setOf(first), setOf(first, second)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  for (let time = 0; time < 5; time++) expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('unknown-key');
  expect(keys.requests).toHaveLength(1);
  passTime(31);

  expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('accepted');
  for (let time = 0; time < 5; time++) expect(await reasonOf(verify(tokenOf(first, `${time}`)))).toBe('unknown-key');
  expect(keys.requests).toHaveLength(2);
});

test('fifty tokens at once wait for one fetch', async () => {
  const keys = await service([{ ...setOf(first), delay: 50 }]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });

  await Promise.all(Array.from({ length: 50 }, async () => verify(tokenOf(first, 'first'))));

  expect(keys.requests).toHaveLength(1);
  expect(keys.requests[0]?.headers).not.toHaveProperty('authorization');
});

test('after five minutes the set is fetched anew behind the back of the calls', async () => {
  const keys = await service([setOf(first), { ...setOf(second), delay: 30 }]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  passTime(301);
  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');
  await settled(() => keys.requests.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('unknown-key');
  expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('accepted');
});

test('after ten minutes a key that was withdrawn is not good any more', async () => {
  const keys = await service([setOf(first), setOf(second)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  passTime(601);

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('unknown-key');
});

test('nor is it after the machine has slept, while that clock stood still', async () => {
  const keys = await service([setOf(first), setOf(second)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  passTime(31);
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000);

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('unknown-key');
});

test('without any keys the failure is not that of the token, and a second later there is another try', async () => {
  const keys = await service([...Array<Answer>(3).fill({ status: 503 }), setOf(first)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  const ask = async (): Promise<unknown> => reasonOf(verify(tokenOf(first, 'first')));

  expect([await ask(), await ask()]).toEqual(Array(2).fill('KEYS_UNAVAILABLE: SERVER_ERROR'));
  // One fetch, with its retries.
  expect(keys.requests).toHaveLength(3);
  passTime(1.1);

  expect(await ask()).toBe('accepted');
});

test('whoever finds no keys gets an exception of its own', async () => {
  const keys = await service([{ status: 404 }]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  const ask = async (): Promise<unknown> => verify(tokenOf(first)).catch((error: unknown) => error);

  const [one, other] = [await ask(), await ask()];

  expect(one).toMatchObject({ code: 'KEYS_UNAVAILABLE', cause: { code: 'CLIENT_ERROR', status: 404 } });
  expect(other).not.toBe(one);
});

test('a token that names no key is verified with the only one that it can be signed with', async () => {
  const verify = verifyToken({ jwks: { keys: [first.jwk, rsa.jwk] }, ...NAMES });
  const ambiguous = verifyToken({ jwks: { keys: [first.jwk, second.jwk] }, ...NAMES });

  expect(await reasonOf(verify(tokenOf(first)))).toBe('accepted');
  expect(await reasonOf(verify(tokenOf(rsa, undefined, 'RS256')))).toBe('accepted');
  expect(await reasonOf(ambiguous(tokenOf(first)))).toBe('unknown-key');
});

test('a key is used for its own algorithm only', async () => {
  const verify = verifyToken({ jwks: { keys: [{ ...rsa.jwk, alg: 'RS512' }] }, ...NAMES });

  expect(await reasonOf(verify(tokenOf(rsa, 'rsa', 'RS256')))).toBe('unknown-key');
  expect(await reasonOf(verify(sign({}, 'a secret', { keyid: 'rsa' })))).toBe('algorithm');
});

test('keys that are not for signatures, or of no use here, are left out', async () => {
  const x25519 = keyPair('x25519').publicKey.export({ format: 'jwk' });
  const others = [
    { kty: 'oct', k: 'c2VjcmV0' },
    { ...first.jwk, use: 'enc' },
    { ...first.jwk, use: undefined, key_ops: ['encrypt'] },
    { kty: 'EC', crv: 'P-256' },
    x25519,
    null,
  ];
  const verify = verifyToken({ jwks: { keys: [...others, second.jwk] as JsonWebKey[] }, ...NAMES });

  expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('accepted');
  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('unknown-key');
  for (const jwks of [{ keys: others }, { keys: [] }, {}, null, 7]) {
    expect(() => verifyToken({ jwks: jwks as never, ...NAMES })).toThrow(
      'Option `verifyToken.jwks` must be a URL, or a key set that holds a public RSA, EC or Ed25519 key for signatures',
    );
  }
});

test('null is as good as no member', async () => {
  const keys = await service([{ json: { keys: [{ ...first.jwk, alg: null, use: null, key_ops: null }] } }]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');
});

test('a set without a usable key does not replace one that has some', async () => {
  const keys = await service([
    setOf(first),
    setOf(),
    { json: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } },
    setOf(second),
  ]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  for (const seconds of [31, 62]) {
    jest.restoreAllMocks();
    passTime(seconds);
    expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('KEYS_UNAVAILABLE: undefined');
    expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');
  }
  jest.restoreAllMocks();
  passTime(93);

  expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('accepted');
  expect(keys.requests).toHaveLength(4);
});

test('a first set without a usable key is no key set', async () => {
  const keys = await service([setOf(), setOf(first)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });

  await expect(verify(tokenOf(first, 'first'))).rejects.toMatchObject({
    code: 'KEYS_UNAVAILABLE',
    message: expect.stringContaining('the key set holds no public key for signatures') as string,
  });
  passTime(1.1);

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');
});

test.each([['first'], [undefined]])('a key that is replaced under the id %s is fetched, once in 30 s', async (kid) => {
  const replaced = { ...second, jwk: { ...second.jwk, kid: 'first' } };
  const keys = await service([setOf(first), setOf(replaced)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, kid));

  for (let time = 0; time < 3; time++) expect(await reasonOf(verify(tokenOf(second, kid)))).toBe('signature');
  expect(keys.requests).toHaveLength(1);
  passTime(31);

  expect(await reasonOf(verify(tokenOf(second, kid)))).toBe('accepted');
  for (let time = 0; time < 3; time++) expect(await reasonOf(verify(tokenOf(first, kid)))).toBe('signature');
  expect(keys.requests).toHaveLength(2);
});

test('of two keys with one id, each is tried', async () => {
  const twin = { ...second, jwk: { ...second.jwk, kid: 'first' } };
  const keys = await service([setOf(first, twin)]);

  for (const jwks of [keys.url, { keys: [first.jwk, twin.jwk] as object[] }]) {
    const verify = verifyToken({ jwks, ...NAMES });
    for (const one of [first, twin]) expect(await reasonOf(verify(tokenOf(one, 'first')))).toBe('accepted');
  }
});

test('the address of a set must be a URL', () => {
  expect(() => verifyToken({ jwks: 'issuer/jwks', ...NAMES })).toThrow(
    'Option `verifyToken.jwks` must be an absolute http:// or https:// URL',
  );
});

test('a service that verifies calls one that does', async () => {
  const tokens = await issuer();
  const verify = verifyToken({ jwks: tokens.jwksUrl, issuer: tokens.url, audience: 'urn:hdms:api' });
  const seen: Promise<TokenClaims>[] = [];
  const api = await service(({ headers }) => {
    seen.push(verify(headers.authorization?.replace('Bearer ', '')));
    return {};
  });

  await new HTTPClient({ token: async () => tokens.tokenFor('ada') }).get(api.url);

  expect(await Promise.all(seen)).toMatchObject([{ sub: 'ada', iss: tokens.url }]);
});
