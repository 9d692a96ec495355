import { decode, type JwtPayload } from 'jsonwebtoken';
import { type AccessToken, signedJwt, type TokenSource } from '../../../src/index';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'ticket-service' };
const USERS = { url: 'http://user-service:8000/users/1' };

function tokenOf(source: TokenSource, request = USERS as { url: string; audience?: string }): AccessToken {
  return source.getToken(request) as AccessToken;
}

function claimsOf({ token }: AccessToken): JwtPayload {
  return decode(token) as JwtPayload;
}

/** Sets both clocks of the process, or one of them, on by `seconds`. */
function passTime(seconds: number, clocks: readonly ('wall' | 'monotonic')[] = ['wall', 'monotonic']): void {
  const [now, monotonic] = [Date.now() + seconds * 1000, performance.now() + seconds * 1000];
  if (clocks.includes('wall')) jest.spyOn(Date, 'now').mockReturnValue(now);
  if (clocks.includes('monotonic')) jest.spyOn(performance, 'now').mockReturnValue(monotonic);
}

afterEach(() => {
  jest.restoreAllMocks();
});

test('there is one token for each audience', () => {
  const source = signedJwt(OPTIONS);
  const urls = ['http://a/1', 'http://b/1', 'http://a/2', 'https://a/1', 'http://b/2'];

  const [a1, b1, a2, secure, b2] = urls.map((url) => tokenOf(source, { url }).token);

  expect([a2, b2]).toEqual([a1, b1]);
  expect(new Set([a1, b1, secure]).size).toBe(3);
});

test.each([
  ['long', 300, 264, 266],
  ['short', 10, 5, 7],
])('a %s-lived token is renewed before it ends', (_, expiresIn, good, late) => {
  // At the beginning of a second, for a token knows no fractions.
  jest.spyOn(Date, 'now').mockReturnValue(Math.ceil(Date.now() / 1000) * 1000);
  const source = signedJwt({ ...OPTIONS, expiresIn });
  const first = tokenOf(source);

  passTime(good);
  expect(tokenOf(source)).toBe(first);
  passTime(late - good);
  const second = tokenOf(source);

  expect(second.token).not.toBe(first.token);
  expect(claimsOf(second).iat).toBe(Number(claimsOf(first).iat) + late);
});

test.each([
  ['wall', 'the clock was set forward'],
  ['monotonic', 'the clock was set back by as much as had passed'],
] as const)('a token that has ended on the %s clock alone is not sent: %s', (clock, _) => {
  const source = signedJwt(OPTIONS);
  const first = tokenOf(source);

  passTime(301, [clock]);

  expect(tokenOf(source).token).not.toBe(first.token);
});

test('a token that seems to be of the future is signed anew', () => {
  const source = signedJwt(OPTIONS);
  const first = tokenOf(source);

  passTime(-3600, ['wall']);
  const second = tokenOf(source);

  expect(claimsOf(second).exp).toBeLessThanOrEqual(Number(claimsOf(first).exp) - 3600);
});

test.each([
  [300, 5],
  [20, 4],
  [5, 1],
])('a token of %i s is dated back by %i s, and lives that much shorter from now', (expiresIn, backdated) => {
  jest.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);

  expect(claimsOf(tokenOf(signedJwt({ ...OPTIONS, expiresIn })))).toMatchObject({
    iat: 1_800_000_000 - backdated,
    exp: 1_800_000_000 - backdated + expiresIn,
  });
});

test('no more than a thousand audiences are remembered', () => {
  const source = signedJwt({ ...OPTIONS, audience: ({ hostname }) => hostname });
  const first = tokenOf(source, { url: 'http://first/' });
  const at = (index: number): AccessToken => tokenOf(source, { url: `http://service-${index}/` });

  for (let index = 0; index < 999; index++) at(index);
  expect(tokenOf(source, { url: 'http://first/' })).toBe(first);
  const last = at(999);

  expect(tokenOf(source, { url: 'http://first/' })).not.toBe(first);
  expect(at(999)).toBe(last);
});
