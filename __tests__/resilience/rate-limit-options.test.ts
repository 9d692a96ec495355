import { RATE_LIMIT_OPTIONS, resolveRateLimit } from '../../src/resilience/rate-limit-options';
import { fakeRateLimitStore } from '../support/rate-limit-store';

test.each([[undefined], [false] as const])('%p is no limit', (given) => {
  expect(resolveRateLimit(given)).toBe(false);
});

test('what is left out or undefined has its default', () => {
  const defaults = { rate: 100, burst: 1, maxWait: Infinity, store: undefined, key: undefined };

  expect(resolveRateLimit({ rate: 100 })).toEqual(defaults);
  const given = Object.fromEntries(RATE_LIMIT_OPTIONS.map((name) => [name, undefined]));
  expect(resolveRateLimit({ ...given, rate: 100 })).toEqual(defaults);
});

test('what is given is taken', () => {
  const options = { rate: 0.5, burst: 20, maxWait: 0, store: fakeRateLimitStore(() => 0), key: 'crm' };

  expect(resolveRateLimit(options)).toEqual(options);
});

test.each<[unknown, string]>([
  [true, 'Option `rateLimit` must be an object such as { rate: 100 }, or false, got true'],
  [100, 'Option `rateLimit` must be an object such as { rate: 100 }, or false, got 100'],
  [null, 'Option `rateLimit` must be an object such as { rate: 100 }, or false, got null'],
  [[], 'Option `rateLimit` must be an object such as { rate: 100 }, or false, got a list'],
  [{}, 'Option `rateLimit.rate` must be a number from 0.00001 to 100000, got undefined'],
  [{ rate: 0 }, 'Option `rateLimit.rate` must be a number from 0.00001 to 100000, got 0'],
  [{ rate: 1, burst: 0 }, 'Option `rateLimit.burst` must be an integer from 1 to 100000, got 0'],
  [{ rate: 1, burst: 1.5 }, 'Option `rateLimit.burst` must be an integer from 1 to 100000, got 1.5'],
  [{ rate: 1, maxWait: -1 }, 'Option `rateLimit.maxWait` must be a number of seconds from 0 to 86400, got -1'],
  [{ rate: 1, maxWait: '5' }, "Option `rateLimit.maxWait` must be a number of seconds from 0 to 86400, got '5'"],
  [{ rate: 1, store: {} }, 'must be a RateLimitStore such as redisRateLimitStore(redis), got an object'],
  [{ rate: 1, store: null }, 'must be a RateLimitStore such as redisRateLimitStore(redis), got null'],
  [{ rate: 1, key: '' }, 'Option `rateLimit.key` must be a non-empty string, got an empty string'],
  [{ rate: 1, key: 7 }, 'Option `rateLimit.key` must be a non-empty string, got a number'],
  [{ rates: 1 }, 'Unknown `rateLimit` option `rates`. Did you mean `rate`?'],
  [
    { rate: 1, interval: 1 },
    'Unknown `rateLimit` option `interval`. Known: `rate`, `burst`, `maxWait`, `store`, `key`.',
  ],
])('%j is refused', (options, words) => {
  expect(() => resolveRateLimit(options as never)).toThrow(words);
});
