import type { AttemptView } from './attempt-view';
import type { CallView } from './call-view';
import type { ErrorView, ResponseView } from './outcome-views';
import type { ConnectionFacts, RequestTimings, RequestView } from './request-view';

/** A call begins, and knows its request context. */
export interface CallStart {
  /** The call, in all its messages the same object. */
  readonly call: CallView;
}

/** An attempt is sent now. */
export interface AttemptStart {
  /** The call that it belongs to. */
  readonly call: CallView;
  /** The attempt, in all its messages the same object. */
  readonly attempt: AttemptView;
}

/** A request goes out now: the first of its attempt, or one that follows a redirect. Only during this message can headers be set. */
export interface RequestStart extends AttemptStart {
  /** The request, in all its messages the same object. `setHeader` adds a header in this message only. */
  readonly request: RequestView;
}

/** Status and headers of a response have arrived. */
export interface RequestHeaders extends RequestStart {
  /** Status and headers. */
  readonly response: ResponseView;
}

/** The whole response has arrived, or the request has failed. A stream may go on after its call has ended. */
export interface RequestEnd extends RequestStart {
  /** Absent if no response came. */
  readonly response?: ResponseView | undefined;
  /** Absent if the response is complete, whatever its status. */
  readonly error?: ErrorView | undefined;
  /** The duration of each step. Absent if nobody was subscribed when the request started, or the transport does not measure. */
  readonly timings?: RequestTimings | undefined;
  /** Absent if none was opened, or it is not known. */
  readonly connection?: ConnectionFacts | undefined;
}

/** An attempt has ended, and the next step is decided: of two at once, by the other one if that goes on. */
export type AttemptEnd = AttemptStart;

/** A call has ended. Published exactly once for each. */
export interface CallEnd {
  /** The call that has ended. */
  readonly call: CallView;
  /** What the caller gets. Absent if the call fails, or an interceptor returns something else. */
  readonly response?: ResponseView | undefined;
  /** What the caller gets. Absent if the call succeeds. */
  readonly error?: ErrorView | undefined;
}

/** What a token comes from. `custom`: a function or source of the application, the environment, a fixed token. */
export type TokenSourceKind = 'tokenService' | 'onBehalfOf' | 'signedJwt' | 'fileToken' | 'custom';

/** A source has a new token or failed to get one, or a service rejected a token. */
export interface TokenEvent {
  /** What kind of source the token is from. */
  readonly source: TokenSourceKind;
  /**
   * `fetched`: the first token for its key, such as an audience; `renewed`: one that replaces another; `failed`: no token could
   * be fetched; `refused`: a service responded to it with 401. A `custom` source publishes only `refused`.
   */
  readonly event: 'fetched' | 'renewed' | 'failed' | 'refused';
  /** Seconds that the requests to the issuer took. Absent if none was sent, as for a token from a store, a file or a key. */
  readonly elapsed?: number | undefined;
  /** Seconds until the token expires. Absent if that is not known, and with `failed`. */
  readonly expiresIn?: number | undefined;
  /** With `failed`, what went wrong at the issuer; with `refused`, what the service responded. */
  readonly error?: ErrorView | undefined;
  /** The issuer's code for a failure, such as `invalid_client`. @see RFC 6749, section 5.2 */
  readonly oauthError?: string | undefined;
}

/** What a circuit breaker does with calls: it lets them through, fails them, or lets a few through as probes. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** The origin that a message is about, and the client whose call led to it. */
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
  /** The state before. */
  readonly from: BreakerState;
  /** `half-open` with the first probe that is sent, not as soon as one may be. */
  readonly to: BreakerState;
  /** Why: too many calls failed, the time for a probe has come, or how the probes ended. */
  readonly reason: 'failures' | 'probe-due' | 'probe-failed' | 'probes-succeeded';
}

/** A retry, or the second of two attempts at once, was paid for from the retry budget, or was refused because too little is left. */
export interface BudgetEvent extends OriginMessage {
  /** What the budget pays for. */
  readonly kind: 'retry' | 'hedge';
  /** Tokens that it costs. What costs nothing publishes no message. */
  readonly price: number;
  /** Tokens that are left. */
  readonly left: number;
  /** Whether it was not made, because `left` is less than `price`. */
  readonly refused: boolean;
}
