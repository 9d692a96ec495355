import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { RequestContext } from '../context/inbound-context';
import type { RequestException } from '../errors/exceptions';
import type { Attempt, CallFacts } from '../journal/attempt';
import { JournalLine, toSeconds } from '../journal/journal-line';

/** A URL, and what it was made of. */
export interface Target {
  readonly url: URL;
  readonly text: string;
  readonly path: string | undefined;
  readonly base: string | undefined;
  readonly allowAbsoluteUrls: boolean | undefined;
  /** Whether nothing but those two is in it. */
  readonly isPlain: boolean;
}

/** What one call remembers across its attempts. It travels in the axios config, under `call`. */
export class Call implements CallFacts {
  /** Milliseconds on the monotonic clock. */
  readonly startedAt = performance.now();
  /** The call that all of this began with, where interceptors sent it again. */
  readonly root: Call;
  /** Retries made so far. A replay does not count. */
  retries = 0;
  /** Whether the call is over. */
  settled = false;
  /** The URL of the request, parsed once for all who look at it. */
  target: Target | undefined;
  /** The failure of the previous attempt. */
  lastError: RequestException | undefined;
  /** The inbound request that the call belongs to. */
  context: RequestContext | undefined;
  /** The answer as a stream, which is read for longer than the call lasts. */
  stream: Readable | undefined;

  /** Made with its first line: an array that grows takes room for many. */
  #lines: JournalLine[] | undefined;
  #cleanups: (() => void)[] | undefined;
  #id: string | undefined;

  /**
   * @param method in capitals
   * @param url as the caller gave it
   * @param limit seconds for the whole call
   * @param previous the call whose config was sent again by an interceptor
   */
  constructor(
    public method: string,
    public url: string,
    public limit = Infinity,
    public previous?: Call,
  ) {
    this.root = previous?.root ?? this;
    // One step back is all that is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** The same on every attempt. */
  get id(): string {
    return (this.#id ??= randomUUID());
  }

  /** The journal, oldest attempt first. */
  get attempts(): readonly Attempt[] {
    return (this.#lines ??= []);
  }

  /** Why attempts were replayed. */
  get replays(): readonly string[] {
    return this.attempts.flatMap(({ decision, reason = '' }) => (decision === 'replay' ? reason : []));
  }

  /** Seconds since the call began. */
  get elapsed(): number {
    return toSeconds(performance.now() - this.startedAt);
  }

  /** Milliseconds left until the deadline; `Infinity` without one. */
  get remaining(): number {
    return this.limit === Infinity ? Infinity : this.startedAt + this.limit * 1000 - performance.now();
  }

  /** Shortens the call, so that it is over by `instant`: milliseconds on the monotonic clock. */
  endBy(instant: number): void {
    const limit = Math.max(0, Math.round(instant - this.startedAt)) / 1000;
    if (limit < this.limit) this.limit = limit;
  }

  /** 1 for the first attempt; a replay has the number of what it replaces. */
  get nextAttempt(): number {
    return this.retries + (this.#last?.decision === 'retry' ? 2 : 1);
  }

  /** A config is printed with its call in it, and a call leads back to itself. */
  toJSON(): Pick<Call, 'id' | 'attempts'> {
    const { id, attempts } = this;
    return { id, attempts };
  }

  /** Begins a line of the journal, for an attempt that is dispatched now. */
  addLine(): JournalLine {
    // Counted here and not where it was decided: a call that is cancelled in the wait makes no retry.
    if (this.#last?.decision === 'retry') this.retries++;
    const line = new JournalLine();
    if (this.#lines) this.#lines.push(line);
    else this.#lines = [line];
    return line;
  }

  /** Ends the lines of attempts that never came to tell their outcome. */
  endLines(outcome: number | string): void {
    for (const line of this.#lines ?? []) line.end(outcome, 'fail');
  }

  get #last(): JournalLine | undefined {
    return this.#lines?.[this.#lines.length - 1];
  }

  /** Runs `cleanup` when the call is over, however it ends. */
  onSettled(cleanup: () => void): void {
    (this.#cleanups ??= []).push(cleanup);
  }

  settle(): void {
    this.settled = true;
    const cleanups = this.#cleanups;
    this.#cleanups = undefined;
    if (cleanups) for (const cleanup of cleanups) cleanup();
  }
}
