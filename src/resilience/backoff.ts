/** How the wait grows with each retry. */
export interface Backoff {
  /** Seconds before the first retry. */
  readonly base: number;
  /** Multiplies the wait after each retry. */
  readonly factor: number;
  /** Longest wait, in seconds. */
  readonly cap: number;
  /** `full` picks each wait uniformly between 0 and the computed wait. */
  readonly jitter: 'none' | 'full';
}

/**
 * Seconds to wait before a retry.
 *
 * @param retry 1 for the first retry
 * @param random returns a number from 0 up to 1
 * @see contract, "Default Behavior"
 */
export function backoff({ base, factor, cap, jitter }: Backoff, retry: number, random: () => number): number {
  const wait = Math.min(cap, base * factor ** (retry - 1));
  return jitter === 'full' ? wait * random() : wait;
}
