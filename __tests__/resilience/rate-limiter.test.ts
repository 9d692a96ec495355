import { RateLimit } from '../../src/resilience/rate-limit';
import { rateLimiter } from '../../src/resilience/rate-limiter';
import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import { fakeRateLimitStore } from '../support/rate-limit-store';

const clock = (): number => 0;
const SETTINGS = { rate: 10, burst: 1, maxWait: Infinity, store: undefined, key: undefined };

test('without a store, the rate is that of the process', () => {
  expect(rateLimiter(SETTINGS, 'http://users', clock)).toBeInstanceOf(RateLimit);
});

test.each([
  ['the key of the origin', undefined, 'http://users'],
  ['the key of the options', 'crm', 'crm'],
])('with a store, the rate is shared under %s', async (_, key, name) => {
  const store = fakeRateLimitStore(clock);
  const lease = jest.spyOn(store, 'lease');
  const limit = rateLimiter({ ...SETTINGS, store, key }, 'http://users', clock);

  expect(limit).toBeInstanceOf(SharedRateLimit);
  expect(await limit.reserve(0)).toBe(0);
  expect(lease.mock.calls.map(([one]) => one)).toEqual([name]);
});
