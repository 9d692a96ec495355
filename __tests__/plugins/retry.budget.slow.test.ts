import { isRequestException } from '../../src/index';
import { mockClient } from '../../src/testing/index';
import { seeded } from '../support/timeline';

/** Calls of one process, one after the other. */
const CALLS = 10_000;

test('where one request in five fails by chance, no more than 0.2 % of the calls do, and hardly any lacks a token', async () => {
  const random = seeded(13);
  const client = mockClient(() => ({ status: random() < 0.2 ? 503 : 200 }));
  const reasons: unknown[] = [];

  for (let calls = 0; calls < CALLS; calls += 1) {
    await client.get('http://users/').catch((error: unknown) => {
      reasons.push(isRequestException(error) && error.attempts.at(-1)?.reason);
    });
  }

  expect(reasons.length / CALLS).toBeLessThanOrEqual(0.002);
  expect(reasons.filter((reason) => reason === 'retry-budget').length / CALLS).toBeLessThanOrEqual(0.001);
  expect(reasons).toContain('retries-exhausted');
});
