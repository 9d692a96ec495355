import type { InternalAxiosRequestConfig } from 'axios';
import type { Decision } from '../journal/attempt';
import type { JournalLine } from '../journal/journal-line';
import { attemptEnd, attemptStart } from '../events/channels';
import type { AttemptSource, SentToken } from '../events/attempt-view';
import { publishAttemptEnd, publishAttemptStart } from '../events/publish';
import { forbidsRetry } from '../response/should-retry';
import { findName } from '../util/header-names';
import { printAs } from '../util/printable';
import type { Admission } from '../resilience/circuit';
import type { Slot } from '../resilience/concurrency';
import type { HedgeDelay } from '../resilience/hedge-delay';
import type { OriginState } from '../resilience/origin-state';
import type { RetryTicket } from '../resilience/retry-ticket';
import type { Call } from './call';
import { LOST, type Pair, type Work } from './pair';

/** Shared by all copies of this package in a process: a config may be sent again by a client of another copy. */
const BRAND = Symbol.for('@hdms/http-client/attempt');

/**
 * The state of one attempt. It is stored in the axios config, under `attemptState`, because two attempts of one call may run
 * at once and each needs its own state. Fields that few attempts need are declared only: each takes 8 bytes of a call that waits.
 */
export class AttemptState implements AttemptSource {
  /** The token that was sent, if it came from the client's token source. A function, because an attempt is printed with its config. */
  sourceToken: (() => SentToken) | undefined;
  /** Whether the source has a new token after the server rejected the old one. */
  declare tokenRenewed: boolean | undefined;
  /** Whether the response forbids a retry, even if its body never arrived. */
  declare retryForbidden: boolean | undefined;
  /** Whether the request itself got a response: a redirect turned it into a GET, and what followed concerns that GET. */
  declare wasAnswered: boolean | undefined;
  /** Whether it was redirected: within its origin, or to another one, where its credentials do not go. */
  declare wasRedirected: 'within' | 'elsewhere' | undefined;

  /** Where it goes, and what is known of that origin. */
  url: Readonly<URL> | undefined;
  origin: OriginState | undefined;
  /** What it has of the limits of its origin: a place among the attempts under way, */
  declare slot: Slot | undefined;
  /** a number among the requests that are paced, */
  stamp = 0;
  /** a turn under the rate limit, in milliseconds on the monotonic clock, */
  declare turn: number | undefined;
  /** and what the circuit wants back, which may have admitted it to find out whether the origin is well again. */
  declare admission: Admission | undefined;
  declare isProbe: boolean | undefined;
  /** Whether the rules of its origin know how it ended. */
  hasLeft = false;
  /** What it has taken from the retry budget. */
  ticket: RetryTicket | undefined;

  /** Its line in the journal, once it is dispatched. */
  line: JournalLine | undefined;
  /** How long attempts like this one take. */
  declare pace: HedgeDelay | undefined;
  /** The two attempts of which it is the first, */
  declare pair: Pair | undefined;
  /** or the second. */
  declare beside: Pair | undefined;
  /** Whether there may be two. */
  declare mayLose: boolean | undefined;
  /** Whether the other of the two came first. */
  declare isLost: boolean | undefined;

  /** Until it is slow. */
  declare private slowTimer: NodeJS.Timeout | undefined;
  #work: Work | undefined;
  /** Private for the same reason: `Authorization` is among these headers. */
  #headers: Record<string, string> | undefined;

  /** @param previous the attempt whose config is sent again: the previous one, or the last one of a finished call */
  constructor(
    readonly call: Call,
    public previous?: AttemptState,
  ) {
    // Only one step back is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** Sets a header for this attempt only. As in axios, the value `false` prevents a header from being set. */
  setHeader(headers: InternalAxiosRequestConfig['headers'], name: string, value: string): void {
    const present = findName(headers, name.toLowerCase());
    if (present !== undefined && headers[present] === false) return;
    headers[present ?? name] = value;
    if (this.#headers) this.#headers[name] = value;
    else this.#headers = { [name]: value };
  }

  /**
   * Removes the headers that this attempt set. A retry starts with the headers of the previous attempt: its token would look
   * like one set by the caller, and never be renewed.
   */
  removeHeaders(headers: InternalAxiosRequestConfig['headers']): void {
    for (const [name, value] of Object.entries(this.#headers ?? {})) {
      const present = findName(headers, name.toLowerCase());
      if (present !== undefined && headers[present] === value) headers.delete(present);
    }
  }

  /** Called with the headers of a 4xx or 5xx, before its body arrives. */
  refused(headers: object): void {
    this.retryForbidden = forbidsRetry(headers);
  }

  /** Called when a redirect is followed. One that leads back does not bring the credentials back. */
  redirected(isElsewhere: boolean): void {
    if (this.wasRedirected !== 'elsewhere') this.wasRedirected = isElsewhere ? 'elsewhere' : 'within';
  }

  /** Called when a redirect makes another request of this one, such as a GET of a POST. */
  answered(): void {
    this.wasAnswered = true;
  }

  /** Seconds from the dispatch to the outcome. */
  get elapsed(): number {
    return this.line?.elapsed ?? 0;
  }

  /** Whether it was started because the one before it is slow. */
  get isHedge(): boolean {
    return this.beside !== undefined;
  }

  /** @param timer that makes another attempt beside this one */
  ifSlow(timer: NodeJS.Timeout): void {
    this.slowTimer = timer;
    this.mayLose = true;
  }

  /** No other attempt is made beside it any more. */
  stopHedging(): void {
    clearTimeout(this.slowTimer);
  }

  /** Called with what an adapter does for this attempt, which ends early if the attempt loses. */
  works(work: Work): void {
    this.#work = work;
    if (this.isLost) work.cancel(LOST);
  }

  /** What the adapter has replaced in the config. */
  get original(): object | undefined {
    return this.#work?.original;
  }

  /** When the outcome came, in milliseconds on the monotonic clock; the clock is read once for each attempt. */
  get endedAt(): number {
    return this.line?.outcome === undefined ? performance.now() : this.line.endedAt;
  }

  dispatched(): void {
    this.line = this.call.addLine(this.isHedge);
    if (attemptStart.hasSubscribers) publishAttemptStart(this.call.observed, this.line, this);
  }

  get isDispatched(): boolean {
    return this.line !== undefined;
  }

  /** The other of two attempts came first. */
  lost(): void {
    this.isLost = true;
    this.line?.end('lost');
    this.#work?.cancel(LOST);
    this.publishEnd();
  }

  ended(outcome: number | string, decision?: Decision, at?: number): void {
    this.line?.end(outcome, decision, at);
    if (decision !== undefined && attemptEnd.hasSubscribers) this.publishEnd();
  }

  /** An attempt that failed before it was dispatched, for example because no token was available, has no line. */
  decided(decision: Decision, reason: string, wait?: number): void {
    if (this.line) this.call.decide(this.line, decision, reason, wait);
    this.publishEnd();
  }

  /** Without a decision if none follows, because the other of two attempts goes on. */
  publishEnd(): void {
    if (this.line && attemptEnd.hasSubscribers) publishAttemptEnd(this.call.observed, this.line, this);
  }

  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
    // A config is serialised with its attempts: they lead back to the call, and a URL may hold a secret.
    printAs(this.prototype, 'AttemptState', ({ tokenRenewed = false, retryForbidden = false }: AttemptState) => ({
      tokenRenewed,
      retryForbidden,
    }));
  }
}

/** Whether `value` is the state of an attempt, in whichever copy of this package it was created. */
export function isAttemptState(value: unknown): value is AttemptState {
  return typeof value === 'object' && value !== null && BRAND in value;
}
