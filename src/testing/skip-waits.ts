import { setImmediate } from 'node:timers';
import { kindOf } from '../checks/kind-of';
import { isPromise } from '../util/promises';

// Saved now, because a fake clock may replace it later.
const realSetImmediate = setImmediate;

/** Milliseconds: a small step for the usual waits, a large one for waits of minutes. */
const stepAfter = (passed: number): number => (passed < 10_000 ? 10 : 100);
const LIMIT = 600_000;

/**
 * Waits for `call` while timers are faked: whenever it only waits for a timer, the fake clock is advanced. For calls of
 * a mock client. A call over a socket takes real time, which a fake clock does not affect.
 *
 * @param advance advances the fake clock by so many milliseconds, like `mock.timers.tick` or `jest.advanceTimersByTime`
 * @throws TypeError if an argument is wrong; Error if the call is not over after 10 minutes on the fake clock; otherwise what `call` rejects with
 */
export async function skipWaits<T>(call: Promise<T>, advance: (milliseconds: number) => unknown): Promise<T> {
  if (!isPromise(call))
    throw new TypeError(`The call must be a promise, as client.get(…) returns it, got ${kindOf(call)}`);
  if (typeof (advance as unknown) !== 'function') {
    throw new TypeError(`\`advance\` must be a function that moves the fake clock, got ${kindOf(advance)}`);
  }
  const over = call.then(
    () => true,
    () => true,
  );
  for (let passed = 0; passed < LIMIT; passed += stepAfter(passed)) {
    const turn = new Promise<boolean>((resolve) => realSetImmediate(resolve, false));
    if (await Promise.race([over, turn])) return call;
    await advance(stepAfter(passed));
  }
  throw new Error(
    'The call is not over after 10 minutes on the fake clock: are the timers faked, and does `advance` move the clock?',
  );
}
