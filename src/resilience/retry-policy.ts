import { isReplayable } from '../request/replayable';
import type { Call } from '../call/call';
import type { RequestException } from '../errors/exceptions';
import { backoff } from './backoff';
import type { RetryPolicy } from './retry-options';

/** What the decision knows of the call. */
export type RetryState = Pick<Call, 'method' | 'retries' | 'replays' | 'remaining'> & {
  /** Another token is at hand, for a service that refused the one that was sent. */
  readonly tokenRenewed: boolean;
  /** Retries that the call may make. */
  readonly retryAttempts: number;
  readonly body: unknown;
  readonly cancelled: boolean;
  /** The answer says that another try is in vain: whoever gave it has made all that it could. */
  readonly forbidden: boolean;
  /** The request that is being served is a retry of its caller's. */
  readonly servesRetry: boolean;
};

/** Why no further attempt is made. */
export type RefusalReason =
  | 'cancelled'
  | 'not-retryable'
  | 'should-retry-false'
  | 'retries-disabled'
  | 'serving-a-retry'
  | 'retries-exhausted'
  | 'unsafe-method'
  | 'body-not-replayable'
  | 'retry-after-too-long'
  | 'deadline';

export type RetryDecision =
  | { readonly retry: true; readonly delay: number; readonly reason: string; readonly counted: boolean }
  | { readonly retry: false; readonly reason: RefusalReason };

/** Why an attempt is replayed: at once and uncounted, for it did not reach the service, or was refused at its door. */
const STALE = 'STALE_CONNECTION';
export const TOKEN_REFUSED = 'TOKEN_REFUSED';

const UNSAFE = new Set(['POST', 'PATCH']);

/** Milliseconds without which an attempt is not begun: hardly any would be answered, and the other service works for nobody. */
const SHORTEST_ATTEMPT = 20;

/**
 * Whether a failed attempt is followed by another, and after how many seconds.
 *
 * @see contract, "Retry Logic"
 */
export function decideRetry(
  failure: Pick<RequestException, 'code' | 'retryable' | 'sent' | 'retryAfter'>,
  call: RetryState,
  policy: RetryPolicy,
  random: () => number = Math.random,
): RetryDecision {
  // First of all: a cancelled call that goes on would retry for ever, each attempt failing at once.
  if (call.cancelled) return refuse('cancelled');
  const isReauthorised = call.tokenRenewed && !call.replays.includes(TOKEN_REFUSED);
  if (!failure.retryable && !isReauthorised) return refuse('not-retryable');
  if (call.forbidden) return refuse('should-retry-false');
  if (!isReplayable(call.body)) return refuse('body-not-replayable');
  // Whatever the method: a service that refuses the token has done nothing.
  if (isReauthorised) return replay(TOKEN_REFUSED, call);
  if (!isMethodRetried(failure, call, policy)) return refuse('unsafe-method');
  if (failure.code === STALE && !call.replays.includes(STALE)) return replay(STALE, call);
  if (call.retryAttempts === 0) return refuse('retries-disabled');
  if (call.servesRetry && !policy.whileServingRetry) return refuse('serving-a-retry');
  if (call.retries >= call.retryAttempts) return refuse('retries-exhausted');
  const { retryAfter = 0 } = failure;
  if (retryAfter > policy.maxRetryAfter) return refuse('retry-after-too-long');
  const delay = Math.max(retryAfter, backoff(policy, call.retries + 1, random));
  if (delay * 1000 + SHORTEST_ATTEMPT > call.remaining) return refuse('deadline');
  return { retry: true, delay, reason: failure.code, counted: true };
}

function isMethodRetried(
  failure: Pick<RequestException, 'sent'>,
  { method }: Pick<RetryState, 'method'>,
  { unsafeMethods }: Pick<RetryPolicy, 'unsafeMethods'>,
): boolean {
  if (!UNSAFE.has(method) || unsafeMethods === 'always') return true;
  return unsafeMethods === 'when-not-sent' && failure.sent === 'no';
}

function replay(reason: string, { remaining }: Pick<RetryState, 'remaining'>): RetryDecision {
  return remaining <= 0 ? refuse('deadline') : { retry: true, delay: 0, reason, counted: false };
}

function refuse(reason: RefusalReason): RetryDecision {
  return { retry: false, reason };
}
