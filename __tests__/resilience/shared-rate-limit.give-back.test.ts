import { setImmediate as turn } from 'node:timers/promises';
import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import type { RateLimitStore } from '../../src/stores/rate-limit-store';
import { fakeRateLimitStore } from '../support/rate-limit-store';

// A store written in JavaScript may do any of these.
test.each<[string, RateLimitStore['giveBack']]>([
  ['rejects', async () => Promise.reject(new Error('the store is down'))],
  [
    'throws',
    () => {
      throw new Error('the store is down');
    },
  ],
  ['returns nothing', () => undefined as unknown as Promise<void>],
])('a slot is lost if the store %s, and the process lives on', async (_, giveBack) => {
  const store = fakeRateLimitStore(() => 0);
  store.giveBack = giveBack;
  const limit = new SharedRateLimit(store, 'key', { rate: 10, burst: 1, maxWait: Infinity }, () => 0);
  const failures: unknown[] = [];
  const record = (error: unknown): number => failures.push(error);
  process.on('uncaughtException', record);
  await Promise.all(Array.from({ length: 6 }, async () => limit.reserve(0)));

  limit.giveBack(500, 0);
  await turn();
  await turn();

  process.off('uncaughtException', record);
  expect(failures).toEqual([]);
  expect(await limit.reserve(0)).toBe(600);
});
