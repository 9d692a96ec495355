import { raceWith } from '../../util/race-with';

/** Time, as a cache of tokens sees it. Both clocks count milliseconds. */
export interface TokenClock {
  /** Since the epoch. It jumps when the clock of the machine is set. */
  now(): number;
  /** Only grows, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Runs `run` once after `delay` milliseconds. @returns takes that back */
  after(delay: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: TokenClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, run) {
    // Not unref'd: somebody waits for each of these, for a second or two at most.
    const timer = setTimeout(run, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

export async function sleep(clock: TokenClock, delay: number): Promise<void> {
  return new Promise((resolve) => clock.after(delay, resolve));
}

/** What `promise` becomes; `undefined` if that takes longer than `limit` milliseconds. */
export async function within<T>(clock: TokenClock, limit: number, promise: Promise<T>): Promise<T | undefined> {
  return raceWith<T, undefined>(promise, (resolve) =>
    clock.after(limit, () => {
      resolve(undefined);
    }),
  );
}
