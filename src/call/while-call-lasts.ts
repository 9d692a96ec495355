import { cancelledBy } from '../errors/cancelled';
import { follow } from '../util/abort';
import type { LazySignal } from '../util/lazy-signal';
import { startClock, type Expiry, type FactsOfCall, type Timed } from './clock';

/** What may end a wait within a call. */
interface Limits {
  /** Milliseconds of one attempt; 0 for no limit but that of the call. */
  readonly timeout?: number | undefined;
  readonly signals: readonly (AbortSignal | LazySignal)[];
  /** The exception for a wait that took too long. */
  readonly expired: (expiry: Expiry) => Error;
}

/**
 * Watches the time and the signals of a call that waits for something.
 *
 * @param facts of the call, for the exception
 * @param end called with the exception if the time or a signal ends the wait
 * @returns a function that stops watching: otherwise the call would stay in memory for as long as its signals do
 */
export function whileCallLasts(
  facts: FactsOfCall,
  { timeout = 0, signals, expired }: Limits,
  end: (error: Error) => void,
): () => void {
  const onExpiry = (expiry: Expiry): void => {
    end(expired(expiry));
  };
  const timed: Timed = { clock: undefined, onExpiry };
  timed.clock = startClock({ timeout }, facts.call, timed);
  const unfollow = signals.map((signal) =>
    follow(signal, (reason) => {
      end(cancelledBy(reason, facts));
    }),
  );
  return () => {
    clearTimeout(timed.clock);
    timed.clock = undefined;
    for (const stop of unfollow) stop();
  };
}
