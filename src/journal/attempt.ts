/** The decision after an attempt. `replay` repeats the attempt at once and does not count as a retry. */
export type Decision = 'done' | 'retry' | 'replay' | 'fail';

/** How far an attempt got: no connection yet, waiting for the status line and headers, or reading the body. */
export type Phase = 'connect' | 'headers' | 'body';

/**
 * Whether a server has received the request: `no` if nothing was written, `maybe` if a connection was open, `yes` once a
 * response has arrived, be it a redirect.
 */
export type Sent = 'no' | 'maybe' | 'yes';

/** One line of the journal: an attempt, its outcome, and what was decided. */
export interface Attempt {
  /** When the attempt was dispatched. */
  readonly startedAt: Date;
  /** Seconds from the dispatch to the outcome. */
  readonly elapsed: number;
  /** The response status, or the error code if there was no response; absent while the attempt is in progress. */
  readonly outcome?: number | string | undefined;
  /** What followed. Absent while the attempt is in progress. */
  readonly decision?: Decision | undefined;
  /** The reason for the decision. */
  readonly reason?: string | undefined;
  /** Seconds waited before the next attempt. */
  readonly wait?: number | undefined;
  /** Whether it was started because the attempt before it was slow. The slower of the two is `lost`. */
  readonly hedge?: true | undefined;
}

/** The facts about a call that exceptions and responses report. */
export interface CallFacts {
  /** In upper case. */
  readonly method: string;
  /** Not redacted: it contains any credentials and secrets that the caller put there. */
  readonly url: string;
  /** Retries made so far. A replay does not count. */
  readonly retries: number;
  /** Seconds since the call started. */
  readonly elapsed: number;
  /** Time limit for the whole call, in seconds. */
  readonly limit: number;
  /** The journal, oldest attempt first. */
  readonly attempts: readonly Attempt[];
  /** The failure of the previous attempt. */
  readonly lastError: Error | undefined;
  /** The inbound request that the call belongs to. */
  readonly context: { readonly requestId: string } | undefined;
}
