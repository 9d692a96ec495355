import { TokenCache } from '../../src/tokens/token-cache';
import type { AccessToken } from '../../src/tokens/token-source';

const NOW = Date.UTC(2026, 0, 1);

beforeEach(() =>
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] }),
);
afterEach(() => jest.useRealTimers());

/** Tokens with a running number that live for `life` seconds. */
function issuer(life?: number): jest.Mock<Promise<AccessToken>, []> {
  let issued = 0;
  return jest.fn(async () => {
    const expiresAt = life === undefined ? undefined : Date.now() + life * 1000;
    return Promise.resolve({ token: `token-${++issued}`, expiresAt });
  });
}

function pass(seconds: number): void {
  jest.setSystemTime(Date.now() + seconds * 1000);
}

test('any number of callers share one fetch', async () => {
  const fetch = issuer(60);
  const cache = new TokenCache(fetch);

  const tokens = await Promise.all(Array.from({ length: 50 }, async () => cache.get()));

  expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['token-1']));
  expect(fetch).toHaveBeenCalledTimes(1);
});

test.each([
  ['an hour', 3600, 3570],
  ['five minutes', 300, 270],
  ['a minute', 60, 48],
  ['five seconds', 5, 4],
])('a token that lives for %s is renewed shortly before its end', async (_, life, renewal) => {
  const cache = new TokenCache(issuer(life));
  await cache.get();

  pass(renewal - 0.001);
  expect(cache.current?.token).toBe('token-1');
  expect((await cache.get()).token).toBe('token-1');

  pass(0.001);
  expect(cache.current).toBeUndefined();
  expect((await cache.get()).token).toBe('token-2');
});

test('a token without an end is kept', async () => {
  const cache = new TokenCache(issuer());
  await cache.get();

  pass(1e9);

  expect((await cache.get()).token).toBe('token-1');
});

test('a token that has ended already is handed out, but not kept', async () => {
  const fetch = issuer(-10);
  const cache = new TokenCache(fetch);

  expect((await cache.get()).token).toBe('token-1');
  expect((await cache.get()).token).toBe('token-2');
});

test('a failure reaches all who wait for it, and is not kept', async () => {
  const fetch = issuer(60);
  fetch.mockRejectedValueOnce(new Error('down'));
  const cache = new TokenCache(fetch);

  const outcomes = await Promise.allSettled([cache.get(), cache.get()]);

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect((await cache.get()).token).toBe('token-1');
});

test('a token that is not accepted is forgotten', async () => {
  const cache = new TokenCache(issuer(60));
  await cache.get();

  cache.invalidate('token-1');

  expect(cache.current).toBeUndefined();
  expect((await cache.get()).token).toBe('token-2');
});

test('word that an older token is not accepted leaves the newer one alone', async () => {
  const cache = new TokenCache(issuer(60));
  await cache.get();
  cache.invalidate('token-1');
  await cache.get();

  cache.invalidate('token-1');

  expect(cache.current?.token).toBe('token-2');
});
