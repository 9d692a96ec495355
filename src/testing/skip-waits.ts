import { setImmediate } from 'node:timers';

// Kept as it is now: a fake clock may replace it later.
const soon = setImmediate;

/** A fine step for the usual waits, a coarse one for those of minutes. */
const stepAfter = (passed: number): number => (passed < 10_000 ? 10 : 100);
const LIMIT = 600_000;

/**
 * What `call` comes to, while timers are faked: whenever it waits for time alone, the clock is moved on. For calls of a
 * mock client; what goes over a socket takes real time, which a fake clock knows nothing of.
 *
 * @param advance moves the fake clock on by so many milliseconds, as `mock.timers.tick` or `jest.advanceTimersByTime` do
 */
export async function skipWaits<T>(call: Promise<T>, advance: (milliseconds: number) => unknown): Promise<T> {
  const over = call.then(
    () => true,
    () => true,
  );
  for (let passed = 0; passed < LIMIT; passed += stepAfter(passed)) {
    const turn = new Promise<boolean>((resolve) => soon(resolve, false));
    if (await Promise.race([over, turn])) return call;
    await advance(stepAfter(passed));
  }
  throw new Error(
    'The call was not over after 10 minutes on the fake clock: are the timers faked, and does `advance` move them?',
  );
}
