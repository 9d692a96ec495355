// The rules of retries, as docs/retries.md has them, written once more so that the code does not judge itself.
import { RETRY } from '../clients.mjs';

const RETRYABLE = new Set([
  ...[
    'CONNECTION_REFUSED',
    'HOST_NOT_FOUND',
    'CONNECTION_RESET',
    'CONNECTION_CLOSED',
    'STALE_CONNECTION',
    'CONNECTION_FAILED',
  ],
  ...['BODY_TRUNCATED', 'TIMEOUT'],
]);
const UNSAFE = new Set(['POST', 'PATCH']);
/** Failures before there is a connection. */
const NOT_SENT = new Set(['CONNECTION_REFUSED', 'HOST_NOT_FOUND']);

export const isUnsafe = ({ method }) => UNSAFE.has(method);

export function isRetryable(outcome) {
  return typeof outcome === 'number' ? outcome === 429 || outcome >= 500 : RETRYABLE.has(outcome);
}

/**
 * The decisions that the rules permit after an attempt, as `decision reason`. There is more than one where it depends on
 * what only the client knows: whether it was sent, cancelled, or short of time.
 *
 * @param before the lines of the earlier attempts
 */
export function permittedDecisions({ outcome }, before, plan) {
  if (typeof outcome === 'number' && outcome < 400) return ['done undefined'];
  const permitted = [...byRules(outcome, before, plan)];
  if (plan.cancelAfter !== undefined) permitted.push('fail cancelled');
  if (plan.deadline !== undefined) permitted.push('fail deadline');
  return permitted;
}

function byRules(outcome, before, plan) {
  const { kind, body, unsafeMethods, retryAttempts } = plan;
  const replays = before.filter(({ decision }) => decision === 'replay').map(({ reason }) => reason);
  const retries = before.filter(({ decision }) => decision === 'retry').length;
  const isReplayed = outcome === 401 && kind.tokenRefused && !replays.includes('TOKEN_REFUSED');
  const isStale = isIdleTimeout(outcome, kind) && !replays.includes('STALE_CONNECTION');
  if (!isRetryable(outcome) && !isReplayed && !isStale) return ['fail not-retryable'];
  if (kind.forbidsRetry && typeof outcome === 'number') return ['fail should-retry-false'];
  if (body === 'stream') return ['fail body-not-replayable'];
  if (isReplayed) return ['replay TOKEN_REFUSED'];
  const counted = byCount(outcome, { replays, retries, retryAttempts, kind });
  if (!isUnsafe(plan) || unsafeMethods === 'always') return counted;
  if (unsafeMethods === 'never') return ['fail unsafe-method'];
  // Nothing was sent without a connection; after it, the count of requests tells whether a retry was right.
  if (NOT_SENT.has(outcome)) return kind.sent === 'yes' ? ['fail unsafe-method'] : counted;
  return typeof outcome === 'number' ? ['fail unsafe-method'] : ['fail unsafe-method', ...counted];
}

function byCount(outcome, { replays, retries, retryAttempts, kind }) {
  const isStale = outcome === 'STALE_CONNECTION' || isIdleTimeout(outcome, kind);
  if (isStale && !replays.includes('STALE_CONNECTION')) return ['replay STALE_CONNECTION'];
  if (retryAttempts === 0) return ['fail retries-disabled'];
  if (retries >= retryAttempts) return ['fail retries-exhausted'];
  if (retryAfterOf(outcome, kind) > RETRY.maxRetryAfter) return ['fail retry-after-too-long'];
  const reason = outcome === 429 ? 'TOO_MANY_REQUESTS' : outcome >= 500 ? 'SERVER_ERROR' : outcome;
  return [`retry ${reason}`];
}

/** Whether the service closes an idle connection and says so. */
function isIdleTimeout(outcome, { idleTimeout = false }) {
  return outcome === 408 && idleTimeout;
}

/** Seconds that the service asked to wait. */
export function retryAfterOf(outcome, { retryAfter = 0 }) {
  return typeof outcome === 'number' ? retryAfter : 0;
}

/** Seconds to wait before the next attempt. */
export function waitAfter(outcome, retries, kind) {
  return Math.max(retryAfterOf(outcome, kind), Math.min(RETRY.cap, RETRY.base * RETRY.factor ** retries));
}
