import type { Decision } from '../journal/attempt';

/* What leaves the process. The page and the terminal know these shapes and nothing else of the service. Times are milliseconds since the epoch, durations seconds. */

/** How a call stands. */
type CallStatus = 'open' | 'ok' | 'failed';

/** A call, without what is only shown of the one that is selected. */
export interface CallReport {
  /** Increases with each call. */
  readonly key: number;
  readonly client: string | undefined;
  readonly clientId: number;
  readonly method: string;
  readonly url: string;
  readonly template?: string | undefined;
  readonly at: number;
  /** Absent while it is under way. */
  readonly took?: number | undefined;
  readonly state: CallStatus;
  readonly status?: number | undefined;
  readonly error?: ErrorReport | undefined;
  /** Absent without a deadline. */
  readonly limit?: number | undefined;
  readonly retries: number;
  readonly context?: ContextReport | undefined;
  readonly attempts: readonly AttemptReport[];
}

export interface ErrorReport {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly cause?: string | undefined;
}

export interface ContextReport {
  readonly requestId: string;
  readonly traceId?: string | undefined;
  readonly route?: string | undefined;
}

export interface AttemptReport {
  readonly at: number;
  readonly took?: number | undefined;
  readonly outcome?: number | string | undefined;
  readonly decision?: Decision | undefined;
  readonly reason?: string | undefined;
  readonly wait?: number | undefined;
  readonly hedge?: true | undefined;
  readonly requests: readonly RequestReport[];
}

/** Seconds of each step, as far as it is known. */
export type TimingsReport = Readonly<
  Partial<Record<'queued' | 'dns' | 'connect' | 'tls' | 'sent' | 'wait' | 'receive', number | undefined>>
>;

interface ConnectionReport {
  readonly reused: boolean;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
}

export interface RequestReport {
  readonly at: number;
  readonly took?: number | undefined;
  readonly method: string;
  readonly url: string;
  readonly transport: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly timings?: TimingsReport | undefined;
  readonly connection?: ConnectionReport | undefined;
}

type Headers = readonly (readonly [name: string, value: string])[];

/** What was sent and came back in one request. */
export interface ExchangeReport extends RequestReport {
  readonly sent: Headers;
  readonly received: Headers;
}

/** The call that is selected. */
export interface CallDetail extends CallReport {
  readonly exchanges: readonly ExchangeReport[];
}

/** One client: what its card shows. */
export interface ClientReport {
  readonly clientId: number;
  readonly name: string | undefined;
  /** The hosts that it called, the latest first. */
  readonly hosts: readonly string[];
  /** Calls that ended in each of the last seconds, the latest last: at once, after retries, failed. */
  readonly seconds: readonly (readonly [ok: number, retried: number, failed: number])[];
  /** Of the calls that ended lately. */
  readonly p95?: number | undefined;
  readonly underWay: number;
  readonly breaker?: string | undefined;
  /** What is left in the retry budget of the origin that has least. */
  readonly budget?: number | undefined;
  readonly tokenExpiresAt?: number | undefined;
}

export interface ServiceReport {
  readonly name: string;
  readonly pid: number;
  readonly node: string;
  readonly version: string;
  readonly maxCalls: number;
  readonly maxBytes: number;
  readonly traceURL?: string | undefined;
}

/** A message of the feed: the first holds all calls that are kept, later ones those that have changed. */
export interface Frame {
  readonly now: number;
  readonly service?: ServiceReport | undefined;
  readonly clients: readonly ClientReport[];
  readonly calls: readonly CallReport[];
  /** Calls before this one are not kept any more. */
  readonly oldest: number;
}
