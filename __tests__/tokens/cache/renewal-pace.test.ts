import { RenewalPace } from '../../../src/tokens/cache/renewal-pace';
import { virtualClock } from '../../support/virtual-clock';

/** Milliseconds until the next attempt, after each of `count` failures. */
async function waits(lifetime: number, count: number): Promise<readonly number[]> {
  const clock = virtualClock();
  // The longest wait.
  const pace = new RenewalPace(clock, () => 1);
  const all: number[] = [];
  for (let failure = 0; failure < count; failure++) {
    pace.failed(lifetime);
    const start = clock.monotonic();
    while (!pace.isDue) await clock.pass(50);
    all.push(clock.monotonic() - start);
  }
  return all;
}

test.each([
  ['an hour', 3_600_000, [30_000, 30_000]],
  ['ten minutes', 600_000, [6000, 12_000, 15_000, 15_000]],
  ['four seconds', 4000, [100, 100, 100]],
])('a token that lives for %s is tried again after a growing share of its life', async (_, lifetime, expected) => {
  expect(await waits(lifetime, expected.length)).toEqual(expected);
});
