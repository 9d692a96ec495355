import { AsyncResource } from 'node:async_hooks';
import timers from 'node:timers';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from './call';
import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import type { Phase } from '../journal/attempt';
import { LONGEST_TIMER } from '../util/longest-timer';
import { soon } from '../util/soon';

/** Which of the two clocks expired. */
export interface Expiry {
  readonly code: Extract<ErrorCode, 'TIMEOUT' | 'DEADLINE_EXCEEDED'>;
  /** The limit that expired, in seconds. */
  readonly limit: number;
}

const WAITING_FOR: Record<Phase, string> = {
  connect: 'no connection',
  headers: 'no response',
  body: 'no complete body',
};

/** What the code that detects the failure of a call knows about it. */
export type FactsOfCall = Facts & { readonly call: Call };

/** The exception for an expired clock. */
export function expiryException({ code, limit }: Expiry, facts: Facts & { readonly phase: Phase }): RequestException {
  const missing = WAITING_FOR[facts.phase];
  if (code === 'DEADLINE_EXCEEDED') return deadlineExceeded(facts, `${missing} within the deadline of ${limit} s`);
  return createException(code, { ...facts, detail: `${missing} within the timeout of ${limit} s` });
}

/** The exception for a call that its deadline ends. Its cause is the failure of the previous attempt. */
export function deadlineExceeded(facts: Facts, detail: string): RequestException {
  return createException('DEADLINE_EXCEEDED', { ...facts, cause: facts.call?.lastError, detail });
}

/** Seconds in the unit of axios: whole milliseconds, 0 for no limit. */
export function toMilliseconds(seconds: number): number {
  return seconds === Infinity ? 0 : Math.max(1, Math.round(seconds * 1000));
}

/** Receives the expiry of a clock. */
export interface Timed {
  /** The timer, which it clears and removes when it ends. */
  clock: NodeJS.Timeout | undefined;
  onExpiry(expiry: Expiry): void;
}

/**
 * Notifies `timed` when the attempt's timeout or the call's deadline expires, whichever comes first.
 *
 * @returns the timer, for `timed.clock`; `undefined` without a limit
 */
export function startClock(
  { timeout = 0 }: Pick<InternalAxiosRequestConfig, 'timeout'>,
  call: Call,
  timed: Timed,
): NodeJS.Timeout | undefined {
  const remaining = call.limit === Infinity ? Infinity : call.remaining;
  const isDeadlineFirst = timeout === 0 || remaining < timeout;
  if (!isDeadlineFirst) {
    if (timeout <= LONGEST_KEPT && !keptDelays.has(timeout) && keptDelays.size < MOST_KEPT) keepList(timeout);
    // Bound: of arguments, Node makes a list that may keep the call until the next full collection, see `toResponse`.
    return setTimeout(passTimeout.bind(undefined, timed, timeout), timeout);
  }
  if (remaining === Infinity) return undefined;
  return setTimeout(passDeadline.bind(undefined, timed, call), Math.min(Math.max(0, remaining), LONGEST_TIMER));
}

/** Delays whose list of timers is kept, at most so many, and the longest one in milliseconds. */
const keptDelays = new Set<number>();
const MOST_KEPT = 10;
const LONGEST_KEPT = 60_000;
/** Taken when the module is loaded: a test may count its fake timers, and a timer keeps the context in which it is made. */
const setRealTimer = timers.setTimeout;
const outsideCalls = new (class extends AsyncResource {
  /** Without it, `jest --detectOpenHandles` reports an open handle. */
  hasRef(): boolean {
    return false;
  }
})('HTTPClock');

/**
 * Node keeps the timers of one delay in a list, which it drops with the last one. Where calls come one at a time, it would make a list
 * for each, which takes longer than all else about the timer. So one timer stays in the list until it expires.
 */
function keepList(delay: number): void {
  keptDelays.add(delay);
  outsideCalls.runInAsyncScope(setRealTimer, undefined, keptDelays.delete.bind(keptDelays, delay), delay).unref();
}

function passTimeout(timed: Timed, milliseconds: number): void {
  pass(timed, { code: 'TIMEOUT', limit: milliseconds / 1000 });
}

function passDeadline(timed: Timed, { limit }: Call): void {
  pass(timed, { code: 'DEADLINE_EXCEEDED', limit });
}

function pass(timed: Timed, expiry: Expiry): void {
  const { clock } = timed;
  // Later: what arrived while the process was busy has not been read yet.
  soon(() => {
    if (clock === timed.clock) timed.onExpiry(expiry);
  });
}
