import { follow } from '../util/abort';
import type { LazySignal } from '../util/lazy-signal';
import type { Call } from './call';
import { startClock, type Expiry, type Timed } from './clock';

/** What may end a wait within a call. */
interface Ends {
  /** Milliseconds of one attempt; 0 for no limit but that of the call. */
  readonly timeout?: number | undefined;
  readonly signals: readonly (AbortSignal | LazySignal)[];
  readonly expired: (expiry: Expiry) => void;
  readonly cancelled: (reason: unknown) => void;
}

/**
 * Watches the time and the signals of a call that waits for something.
 *
 * @returns a function that stops watching: otherwise the call would stay in memory for as long as its signals do
 */
export function whileCallLasts(call: Call, { timeout = 0, signals, expired, cancelled }: Ends): () => void {
  const timed: Timed = { clock: undefined, onExpiry: expired };
  timed.clock = startClock({ timeout }, call, timed);
  const unfollow = signals.map((signal) => follow(signal, cancelled));
  return () => {
    clearTimeout(timed.clock);
    timed.clock = undefined;
    for (const stop of unfollow) stop();
  };
}
