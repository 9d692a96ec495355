import type { InternalAxiosRequestConfig } from 'axios';
import { cancelledBy } from '../errors/cancelled';
import { LONGEST_TIMER } from '../util/longest-timer';
import type { Call } from './call';
import { deadlineExceeded, type FactsOfCall } from './clock';
import { whileCallLasts } from './while-call-lasts';

/** A call that waits, and what for. */
export interface Waiting {
  readonly config: InternalAxiosRequestConfig;
  readonly call: Call;
  /** In a few words, for the exception: `its turn`. */
  readonly for: string;
}

/**
 * Waits until `begin` calls `go`, but no longer than the call lasts. A wait that is certain to end after the deadline is not begun.
 *
 * It rejects with DeadlineExceeded at the deadline, and with RequestCancelled when the caller's signal fires.
 *
 * @param begin starts to wait; it returns a function that is called at the end, whatever ended the wait
 * @param atLeast milliseconds until `go` can be called
 */
export async function waitInCall(
  waiting: Waiting,
  begin: (go: () => void) => () => void,
  atLeast = -Infinity,
): Promise<void> {
  const { config, call } = waiting;
  if (atLeast >= call.remaining) throw expired(waiting);
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) throw cancelledBy(signal.reason, factsOf(waiting));
  const limits = { signals: signal ? [signal] : [], expired: expired.bind(undefined, waiting) };
  const releases: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      releases.push(begin(resolve));
      releases.push(whileCallLasts(factsOf(waiting), limits, reject));
    });
  } finally {
    for (const release of releases) release();
  }
}

/**
 * Waits for some milliseconds, but no longer than the call lasts.
 *
 * @throws as `waitInCall`
 */
export async function pauseInCall(waiting: Waiting, milliseconds: number): Promise<void> {
  const begin = (go: () => void): (() => void) => {
    const timer = setTimeout(go, Math.min(milliseconds, LONGEST_TIMER));
    return () => {
      clearTimeout(timer);
    };
  };
  await waitInCall(waiting, begin, milliseconds);
}

/**
 * Waits for as long as `ask` says, and asks again after each wait, until it says 0.
 *
 * @param ask returns milliseconds; it may throw instead
 * @throws as `waitInCall`, and what `ask` throws
 */
export async function pauseWhile(waiting: Waiting, ask: (now: number) => number): Promise<void> {
  let now = performance.now();
  for (let wait = ask(now); wait !== 0; wait = ask(now)) {
    await pauseInCall(waiting, wait);
    // Where a test replaces the timers, this clock may not have moved.
    now = Math.max(performance.now(), now + wait);
  }
}

/** The exception for a call whose deadline comes before the end of its wait. */
function expired(waiting: Waiting): Error {
  return deadlineExceeded(factsOf(waiting), `the deadline of ${waiting.call.limit} s comes before ${waiting.for}`);
}

function factsOf({ config, call }: Waiting): FactsOfCall {
  return { config, call, sent: call.lastError?.sent ?? 'no', phase: 'connect' };
}
