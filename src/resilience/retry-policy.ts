import type { ErrorCode } from '../errors/codes';
import type { RequestException } from '../errors/exceptions';
import { backoff } from './backoff';
import type { RetryPolicy } from './retry-options';

/** The facts about a call that the decision depends on. */
export interface RetryState {
  /** In upper case. */
  readonly method: string;
  /** Retries made so far. */
  readonly retries: number;
  /** The reasons of all replays so far. */
  readonly replays: readonly string[];
  /** Milliseconds left until the deadline; `Infinity` without one. */
  readonly remaining: number;
  /** Whether a new token is available after the server rejected the old one. */
  readonly tokenRenewed: boolean;
  /** Whether a redirect has changed the method: the server has then processed the original request. */
  readonly methodChanged?: boolean;
  /** Maximum number of retries. */
  readonly retryAttempts: number;
  /** Whether the body can be sent again. */
  readonly replayable: boolean;
  readonly cancelled: boolean;
  /** Whether the response is a 408 with which the server closed a connection that had been idle for too long. */
  readonly idleTimeout?: boolean | undefined;
  /** Whether the response forbids retries, because its sender has already retried. */
  readonly forbidden: boolean;
  /** Whether the inbound request is itself a retry. */
  readonly servesRetry: boolean;
  /** Whether the circuit lets no attempt pass. */
  readonly circuitOpen?: boolean | undefined;
  /** Whether the retry budget has its price. */
  readonly mayPay?: (() => boolean) | undefined;
  /**
   * What the caller says about another attempt.
   *
   * @param planned whether the rules make one
   */
  readonly when?: ((planned: boolean) => boolean | undefined) | undefined;
}

/** Why no other attempt is made. */
export type RefusalReason =
  | 'cancelled'
  | 'refused-by-when'
  | 'not-retryable'
  | 'should-retry-false'
  | 'retries-disabled'
  | 'serving-a-retry'
  | 'retries-exhausted'
  | 'unsafe-method'
  | 'body-not-replayable'
  | 'retry-after-too-long'
  | 'deadline'
  | LateReason;

/** Why a retry is refused that was decided before its wait; the circuit and the budget are also asked before. */
type LateReason = 'circuit-open' | 'origin-closed' | 'queue-full' | 'rate-limited' | 'retry-budget';

/** The reasons, by the code with which the client holds back the retry. */
export const REFUSED_LATER: Readonly<Partial<Record<ErrorCode, LateReason>>> = {
  CIRCUIT_OPEN: 'circuit-open',
  ORIGIN_CLOSED: 'origin-closed',
  QUEUE_FULL: 'queue-full',
  RATE_LIMITED: 'rate-limited',
};

type RetryDecision =
  | { readonly retry: true; readonly delay: number; readonly reason: string; readonly counted: boolean }
  | { readonly retry: false; readonly reason: RefusalReason };

/** Reasons for a replay, at once and uncounted: the connection was closed while it was idle, or the server rejected the token. */
const STALE = 'STALE_CONNECTION';
export const TOKEN_REFUSED = 'TOKEN_REFUSED';

/** Methods of which a second request may do its work twice. */
export const UNSAFE_METHODS: ReadonlySet<string> = new Set(['POST', 'PATCH']);

/** Refusals of responses that the caller may overrule. */
const OVERRULED: ReadonlySet<RefusalReason> = new Set(['not-retryable', 'unsafe-method']);

/** The budget has its own rule. */
type Rules = Omit<RetryPolicy, 'budget'>;

type Failure = Pick<RequestException, 'code' | 'retryable' | 'sent' | 'retryAfter'>;

/** Minimum time for an attempt, in milliseconds. With less, hardly any succeeds, and the upstream works for nothing. */
const SHORTEST_ATTEMPT = 20;

/**
 * Decides whether a failed attempt is followed by another one, and after how many seconds.
 *
 * @see contract, "Retry Logic"
 */
export function decideRetry(
  failure: Failure,
  call: RetryState,
  policy: Rules,
  random: () => number = Math.random,
): RetryDecision {
  const decision = decideWithCaller(failure, call, policy, random);
  // Last, because it matters only for a retry that is made otherwise.
  if (decision.retry && decision.counted && call.mayPay?.() === false) return refuse('retry-budget');
  return decision;
}

function decideWithCaller(failure: Failure, call: RetryState, policy: Rules, random: () => number): RetryDecision {
  const decision = decideByRules(failure, call, policy, random, false);
  if (!call.when) return decision;
  if (decision.retry) return call.when(true) === false ? refuse('refused-by-when') : decision;
  if (failure.sent !== 'yes' || !OVERRULED.has(decision.reason)) return decision;
  const overruled = decideByRules(failure, call, policy, random, true);
  // After a retry that the caller wanted, the reason is what ended them.
  if (!overruled.retry) return call.retries > 0 ? overruled : decision;
  return call.when(false) === true ? overruled : decision;
}

/** @param isWanted whether the caller retries the failure, whatever it is */
function decideByRules(
  failure: Failure,
  call: RetryState,
  policy: Rules,
  random: () => number,
  isWanted: boolean,
): RetryDecision {
  // First, because a cancelled call would otherwise retry in a loop, and each attempt would fail at once.
  if (call.cancelled) return refuse('cancelled');
  const isReauthorised = call.tokenRenewed && !call.replays.includes(TOKEN_REFUSED);
  const isStale = (failure.code === STALE || call.idleTimeout === true) && !call.replays.includes(STALE);
  if (!failure.retryable && !isReauthorised && !isStale && !isWanted) return refuse('not-retryable');
  if (call.forbidden) return refuse('should-retry-false');
  if (!call.replayable) return refuse('body-not-replayable');
  // A server that rejects the token has not processed the request, unless a redirect was its response.
  const isUntouched = isReauthorised && !call.methodChanged;
  if (!isUntouched && !isWanted && !isMethodRetried(failure, call, policy)) return refuse('unsafe-method');
  if (call.circuitOpen) return refuse('circuit-open');
  if (isReauthorised) return replay(TOKEN_REFUSED, call);
  if (isStale) return replay(STALE, call);
  if (call.retryAttempts === 0) return refuse('retries-disabled');
  if (call.servesRetry && !policy.whileServingRetry) return refuse('serving-a-retry');
  if (call.retries >= call.retryAttempts) return refuse('retries-exhausted');
  const { retryAfter = 0 } = failure;
  if (retryAfter > policy.maxRetryAfter) return refuse('retry-after-too-long');
  const delay = Math.max(retryAfter, backoff(policy, call.retries + 1, random));
  if (delay * 1000 + SHORTEST_ATTEMPT > call.remaining) return refuse('deadline');
  return { retry: true, delay, reason: failure.code, counted: true };
}

/** Whether a method is retried after a failure of which this much was sent. */
export function isMethodRetried(
  failure: Pick<RequestException, 'sent'>,
  { method }: Pick<RetryState, 'method'>,
  { unsafeMethods }: Pick<Rules, 'unsafeMethods'>,
): boolean {
  if (!UNSAFE_METHODS.has(method) || unsafeMethods === 'always') return true;
  return unsafeMethods === 'when-not-sent' && failure.sent === 'no';
}

function replay(reason: string, { remaining }: Pick<RetryState, 'remaining'>): RetryDecision {
  return remaining <= 0 ? refuse('deadline') : { retry: true, delay: 0, reason, counted: false };
}

function refuse(reason: RefusalReason): RetryDecision {
  return { retry: false, reason };
}
