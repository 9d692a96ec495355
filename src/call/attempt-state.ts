import type { InternalAxiosRequestConfig } from 'axios';
import type { Decision } from '../journal/attempt';
import type { JournalLine } from '../journal/journal-line';
import { attemptEnd, attemptStart } from '../events/channels';
import type { AttemptSource, SentToken } from '../events/attempt-view';
import { publishAttemptEnd, publishAttemptStart } from '../events/publish';
import { forbidsRetry } from '../response/should-retry';
import { findName } from '../util/header-names';
import { printAs } from '../util/printable';
import type { CircuitPermit } from '../resilience/circuit';
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
 * at once and each needs its own state. Plugins write into it: objects of their own would be some more for each attempt. Fields
 * that few attempts need are declared only: each takes 8 bytes of a call that waits.
 */
export class AttemptState implements AttemptSource {
  // What the token and the response tell.
  /** The token that was sent, if it came from the client's token source. A function, because an attempt is printed with its config. */
  sourceToken: (() => SentToken) | undefined;
  /** Whether the source has a new token after the server rejected the old one. */
  declare tokenRenewed: boolean | undefined;
  /** Whether the response forbids a retry, even if its body never arrived. */
  declare retryForbidden: boolean | undefined;
  /** Whether a redirect has changed the method, mostly to GET: the original request got its response, and what followed concerns another. */
  declare methodChanged: boolean | undefined;
  /** Whether it was redirected: within its origin, or to another one, where its credentials do not go. */
  declare wasRedirected: 'within' | 'elsewhere' | undefined;

  // What admission needs.
  /** Where it goes. */
  url: Readonly<URL> | undefined;
  /** What is known of the origin of `url`. */
  origin: OriginState | undefined;
  /** Its place among the attempts to the origin that may run at once. */
  declare slot: Slot | undefined;
  /** Its number among the requests that are paced. */
  stamp = 0;
  /** Its turn under the rate limit, in milliseconds on the monotonic clock. */
  declare turn: number | undefined;
  /** What the circuit breaker gets back when it ends. */
  declare circuitPermit: CircuitPermit | undefined;
  /** Whether the checkpoints have been told how it ended. */
  hasLeft = false;
  /** What it has taken from the retry budget. */
  ticket: RetryTicket | undefined;

  // Journal and hedging.
  /** Its line in the journal, once it is dispatched. */
  line: JournalLine | undefined;
  /** How long attempts like this one take; decides when it is slow. */
  declare pace: HedgeDelay | undefined;
  /** The pair of which it is the first attempt, once it has been hedged. */
  declare pair: Pair | undefined;
  /** The pair of which it is the second attempt, the hedge. */
  declare beside: Pair | undefined;
  /** Whether it is, or may become, one of a pair. */
  declare mayLose: boolean | undefined;
  /** Whether the other attempt of the pair came first. */
  declare isLost: boolean | undefined;

  /** Starts the hedge. */
  declare private slowTimer: NodeJS.Timeout | undefined;
  #work: Work | undefined;
  /** Private, because a config is printed with its attempt, and `Authorization` is among these headers. */
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
  redirected({ isElsewhere, changesMethod }: { isElsewhere: boolean; changesMethod: boolean }): void {
    if (this.wasRedirected !== 'elsewhere') this.wasRedirected = isElsewhere ? 'elsewhere' : 'within';
    if (changesMethod) this.methodChanged = true;
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
