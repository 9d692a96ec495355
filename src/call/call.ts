import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';
import type { RequestContext } from '../context/inbound-context';
import type { RetryTicket } from '../resilience/retry-ticket';
import type { RequestException } from '../errors/exceptions';
import type { AttemptSource } from '../events/attempt-view';
import { CallRecord, type ObservedCall } from '../events/call-record';
import type { ClientIdentity } from '../events/client-identity';
import type { Attempt, CallFacts, Decision } from '../journal/attempt';
import { JournalLine } from '../journal/journal-line';
import type { LazySignal } from '../util/lazy-signal';
import { redactURL } from '../util/redact';

/** A URL, and the config values that it was built from. */
export interface Target {
  readonly url: URL;
  readonly text: string;
  readonly path: string | undefined;
  readonly base: string | undefined;
  readonly allowAbsoluteUrls: boolean | undefined;
  /** Whether it was built without `params`. */
  readonly isPlain: boolean;
}

/**
 * The state of one call, shared by its attempts. It is stored in the axios config, under `call`. Fields that few calls need are
 * declared only: each takes 8 bytes of a call that waits.
 */
export class Call implements CallFacts, ObservedCall {
  /** When the call started, in milliseconds on the monotonic clock. */
  readonly startedAt = performance.now();
  /** The first call of the chain, if interceptors sent its config again. */
  readonly root: Call;
  /** The call that is observed: that of the caller who still waits, if interceptors sent its config again, and this one otherwise. */
  readonly observed: Call;
  /**
   * Whether it was made by a method of the client, which has not returned its outcome yet. That may differ from what the call ring
   * saw, so the client publishes the end.
   */
  isAwaited = false;
  /** Retries made so far. A replay does not count. */
  retries = 0;
  /** Retries decided so far. More than were made, where a plugin of the user fails before they are sent. */
  decidedRetries = 0;
  /** Whether the call has ended. */
  settled = false;
  /** The request URL, parsed once. */
  target: Target | undefined;
  /** The failure of the previous attempt. */
  declare lastError: RequestException | undefined;
  /** How the attempts failed. Interceptors may make something else of it. */
  declare failure: RequestException | undefined;
  /** The AttemptState that started last. Not typed so, because its file imports this one. */
  lastAttempt: AttemptSource | undefined;
  /** The inbound request that the call belongs to. */
  context: RequestContext | undefined;
  /** Fires when the caller of that request has gone, if the call has no other signal. */
  inbound: LazySignal | undefined;
  /** What the next retry has taken from the retry budget. */
  ticket: RetryTicket | undefined;
  /** What has been published of it. */
  record: CallRecord | undefined;
  /** The URL before its parameters were filled in. */
  declare template: string | undefined;
  /** The latest response body that is read as a stream: by the caller, after the call has ended, or by nobody, if the call fails. */
  declare stream: Readable | undefined;

  /** The first line, until there is a list. Most calls have no other. */
  #line: JournalLine | undefined;
  #lines: JournalLine[] | undefined;
  /** The line with the latest decision, until another attempt follows. */
  #decided: JournalLine | undefined;
  #cleanups: (() => void)[] | undefined;
  #id: string | undefined;

  /**
   * @param method in upper case
   * @param url as the caller gave it
   * @param limit seconds for the whole call
   * @param previous the call whose config an interceptor sent again
   * @param client that makes the call
   */
  constructor(
    public method: string,
    public url: string,
    public limit = Infinity,
    public previous?: Call,
    public client?: ClientIdentity,
  ) {
    this.root = previous?.root ?? this;
    // Another copy of this package publishes its calls by itself.
    this.observed = previous instanceof Call && previous.observed.isAwaited ? previous.observed : this;
    if (this.observed !== this) CallRecord.of(this.observed).continue(this);
    // Only one step back is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** Unique for each call, and the same on every attempt. */
  get id(): string {
    return (this.#id ??= randomUUID());
  }

  /** The journal, oldest attempt first. */
  get attempts(): readonly Attempt[] {
    return this.#listLines();
  }

  /** Why the latest attempt is, or is not, followed by another. */
  get lastReason(): string | undefined {
    return this.#decided?.reason;
  }

  /** The reasons of all replays so far. */
  get replays(): readonly string[] {
    return this.attempts.flatMap(({ decision, reason = '' }) => (decision === 'replay' ? reason : []));
  }

  /** Seconds since the call started. */
  get elapsed(): number {
    return Math.round((performance.now() - this.startedAt) * 1000) / 1_000_000;
  }

  /** Milliseconds left until the deadline; `Infinity` without one. */
  get remaining(): number {
    return this.limit === Infinity ? Infinity : this.startedAt + this.limit * 1000 - performance.now();
  }

  /** Lowers the limit so that the call ends by `instant`, in milliseconds on the monotonic clock. */
  endBy(instant: number): void {
    const limit = Math.max(0, Math.round(instant - this.startedAt)) / 1000;
    if (limit < this.limit) this.limit = limit;
  }

  /** 1 for the first attempt; a replay has the number of the attempt that it replaces. */
  get nextAttempt(): number {
    return this.retries + (this.#decided?.decision === 'retry' ? 2 : 1);
  }

  /** A config is serialised with its call, and a call contains a cycle. */
  toJSON(): Pick<Call, 'id' | 'attempts'> {
    const { id, attempts } = this;
    return { id, attempts };
  }

  /** A log of a call shows neither the secrets in its URL nor those of its context. */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    const { method, url, retries } = this;
    return `Call ${print({ ...this.toJSON(), method, url: redactURL(url), retries }, options)}`;
  }

  /** Adds a journal line for an attempt that is dispatched now. */
  addLine(isHedge = false): JournalLine {
    // Counted here, not at the decision: a call that is cancelled during the wait makes no retry.
    if (this.#decided?.decision === 'retry') this.retries++;
    this.#decided = undefined;
    const line = new JournalLine();
    if (isHedge) line.show().hedge = true;
    if (this.#line ?? this.#lines) this.#listLines().push(line.show());
    else this.#line = line;
    return line;
  }

  /** Writes down what follows an attempt: the last one, or, of a pair, the one whose outcome the call takes. */
  decide(line: JournalLine, decision: Decision, reason: string, wait?: number): void {
    line.decide(decision, reason, wait);
    this.#decided = line;
  }

  /** Writes down that the retry that was decided is not made after all. */
  revokeRetry(reason: string): void {
    const line = this.#decided;
    if (line?.decision === 'retry' || line?.decision === 'replay') line.revoke(reason);
  }

  /** Ends the lines of attempts that never reported an outcome. */
  endLines(outcome: number | string): void {
    for (const line of this.#listLines()) line.end(outcome, 'fail');
  }

  /** Runs `cleanup` when the call ends, whatever the outcome. */
  onSettled(cleanup: () => void): void {
    (this.#cleanups ??= []).push(cleanup);
  }

  #listLines(): JournalLine[] {
    return (this.#lines ??= this.#line ? [this.#line.show()] : []);
  }

  /** Ends the call: runs what was registered for its end. */
  settle(): void {
    this.settled = true;
    const cleanups = this.#cleanups;
    this.#cleanups = undefined;
    if (cleanups) for (const cleanup of cleanups) cleanup();
  }
}
