import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import { fakeRateLimitStore, type FakeRateLimitStore } from '../support/rate-limit-store';

/** Milliseconds until the store replies. */
const ROUND_TRIP = 5;

let now = 0;
let store: FakeRateLimitStore;
let limit: SharedRateLimit;

beforeEach(() => {
  now = 0;
  store = fakeRateLimitStore(() => now);
  const lease = store.lease.bind(store);
  store.lease = async (key, request) => {
    const reply = await lease(key, request);
    now += ROUND_TRIP;
    return reply;
  };
  limit = new SharedRateLimit(store, 'key', { rate: 10, burst: 1, maxWait: 0 }, () => now);
});

test('a request that never waits for its turn waits for the reply of the store', async () => {
  expect(await limit.reserve(now)).toBe(ROUND_TRIP);

  expect(await limit.reserve(now)).toBe(Infinity);

  now = 500;
  expect(await limit.reserve(now)).toBe(500 + ROUND_TRIP);
});

test('a request that never waits is sent when the store fails', async () => {
  store.lease = async () => {
    now += ROUND_TRIP;
    return Promise.reject(new Error('the store is down'));
  };

  expect(await limit.reserve(now)).toBe(ROUND_TRIP);
});

test('the deadline counts while the store is asked', async () => {
  expect(await limit.reserve(now, ROUND_TRIP - 1)).toBe(Infinity);
});
