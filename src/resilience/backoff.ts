/** How the wait grows from retry to retry. */
export interface Backoff {
  /** Seconds before the first retry. */
  readonly base: number;
  /** By what the wait is multiplied each time. */
  readonly factor: number;
  /** Seconds that a wait never exceeds. */
  readonly cap: number;
  /** `full` draws each wait evenly from 0 up to it. */
  readonly jitter: 'none' | 'full';
}

/**
 * Seconds to wait before a retry.
 *
 * @param retry 1 for the first
 * @param random 0 up to 1
 * @see contract, "Default Behavior"
 */
export function backoff({ base, factor, cap, jitter }: Backoff, retry: number, random: () => number): number {
  const wait = Math.min(cap, base * factor ** (retry - 1));
  return jitter === 'full' ? wait * random() : wait;
}
