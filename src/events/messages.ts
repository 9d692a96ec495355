import type { AttemptView } from './attempt-view';
import type { CallView } from './call-view';
import type { ErrorView, ResponseView } from './outcome-views';
import type { ConnectionFacts, RequestTimings, RequestView } from './request-view';

/** A call has begun, and has joined its request context. */
export interface CallStart {
  readonly call: CallView;
}

/** An attempt is sent now. */
export interface AttemptStart {
  readonly call: CallView;
  readonly attempt: AttemptView;
}

/** A request goes out now. Only during this message can a subscriber set headers. */
export interface RequestStart extends AttemptStart {
  readonly request: RequestView;
}

/** Status and headers of a response have arrived. */
export interface RequestHeaders extends RequestStart {
  readonly response: ResponseView;
}

/** The whole response has arrived, or the request has failed. Of a streamed body, this comes when the stream is closed. */
export interface RequestEnd extends RequestStart {
  /** Absent if no response came. */
  readonly response?: ResponseView | undefined;
  /** Absent if the response is complete, whatever its status. */
  readonly error?: ErrorView | undefined;
  /** Where the time went. Absent if nobody listened when the request began. */
  readonly timings?: RequestTimings | undefined;
  readonly connection?: ConnectionFacts | undefined;
}

/** An attempt has ended, and what follows is decided. */
export type AttemptEnd = AttemptStart;

/** A call has ended. Published exactly once for each. */
export interface CallEnd {
  readonly call: CallView;
  readonly response?: ResponseView | undefined;
  readonly error?: ErrorView | undefined;
}

/** Something has happened to the token of a source. */
export interface TokenEvent {
  /** Kind of the source, such as `tokenService`. */
  readonly source: string;
  /** `refused` if a service rejected the token; `renewed` if there was one before. */
  readonly event: 'fetched' | 'renewed' | 'failed' | 'refused';
  /** Seconds that the request for the token took; absent if there was none. */
  readonly elapsed?: number | undefined;
  /** Seconds until the token expires; absent if that is not known. */
  readonly expiresIn?: number | undefined;
  readonly error?: ErrorView | undefined;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** The rules of an origin are kept by its clients: which of them a message is about. */
export interface OriginMessage {
  /** Scheme, host and port, and the partition if there is one. */
  readonly origin: string;
  /** The option `name` of the client whose call led to it. Clients that share `origins` share what happens to them. */
  readonly client?: string | undefined;
  /** The `id` of that client. */
  readonly clientId: number;
}

/** A circuit breaker has changed its state. */
export interface BreakerEvent extends OriginMessage {
  readonly from: BreakerState;
  /** `half-open` with the first probe that is sent, not as soon as one may be. */
  readonly to: BreakerState;
  readonly reason: 'failures' | 'probe-due' | 'probe-failed' | 'probes-succeeded';
}

/** A retry, or the second of two attempts at once, was paid for from the retry budget, or was refused because too little is left. */
export interface BudgetEvent extends OriginMessage {
  readonly kind: 'retry' | 'hedge';
  /** Tokens that it costs. What costs nothing publishes no message. */
  readonly price: number;
  /** Tokens that are left. */
  readonly left: number;
  /** Whether it was not made, because `left` is less than `price`. */
  readonly refused: boolean;
}
