import { raceWith } from '../../util/race-with';

/** Time for token caches. Both clocks count milliseconds. */
export interface TokenClock {
  /** Since the epoch. It jumps when the machine's clock is set. */
  now(): number;
  /** Never goes back, but may stop while the machine sleeps. */
  monotonic(): number;
  /** Runs `run` once after `delay` milliseconds. @returns cancels the timer */
  after(delay: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: TokenClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, run) {
    // Not unref'd: a call waits for each of these timers, for a second or two at most.
    const timer = setTimeout(run, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** From half of `wait` to all of it, so that processes do not all try again at the same time. */
export function withJitter(wait: number, random: () => number): number {
  return wait * (0.5 + random() / 2);
}

export async function sleep(clock: TokenClock, delay: number): Promise<void> {
  return new Promise((resolve) => clock.after(delay, resolve));
}

/** Settles as `promise` does, or resolves to `undefined` after `limit` milliseconds. */
export async function within<T>(clock: TokenClock, limit: number, promise: Promise<T>): Promise<T | undefined> {
  return raceWith<T, undefined>(promise, (resolve) =>
    clock.after(limit, () => {
      resolve(undefined);
    }),
  );
}
