import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import { fakeRateLimitStore } from '../support/rate-limit-store';

const RATE = 40;

/** The most in any second. */
function mostPerSecond(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
}

// As with `FLUSHALL`, or when Redis is full and evicts what expires first. No command fails.
test('a store that loses its memory while requests wait adds a fifth of the rate, once', async () => {
  let now = 0;
  const store = fakeRateLimitStore(() => now);
  const limit = new SharedRateLimit(store, 'key', { rate: RATE, burst: 1, maxWait: Infinity }, () => now);
  const reserve = async (count: number): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, async () => limit.reserve(now)));
  const before = await reserve(90);

  now = 700;
  store.forget();
  const after = await reserve(90);

  expect(mostPerSecond([...before, ...after])).toBeLessThanOrEqual(RATE * 1.2);
});
