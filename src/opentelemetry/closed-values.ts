import { CODES } from '../errors/codes';
import type { CallEnd } from '../events/messages';

/** For a value that is not in its list, so that the number of series is limited. */
export const OTHER = '_OTHER';

/** The reasons of a resend that are not codes, apart from the status of a redirect. */
const RESEND_REASONS: ReadonlySet<string> = new Set([...Object.keys(CODES), 'TOKEN_REFUSED', 'interceptor', 'slow']);

export function resendReason(reason = ''): string {
  return RESEND_REASONS.has(reason) || /^3\d\d$/.test(reason) ? reason : OTHER;
}

/** What failed: the status, or the code of the error. A cancelled call has not failed. */
export function callErrorType(status: number | undefined, code: string | undefined): string | undefined {
  if (status !== undefined) return String(status);
  if (code === undefined || code === 'CANCELLED') return undefined;
  return Object.hasOwn(CODES, code) ? code : OTHER;
}

const TOKEN_SOURCES: ReadonlySet<string> = new Set(['tokenService', 'onBehalfOf', 'signedJwt', 'fileToken', 'custom']);

/** The kind of a token source. */
export function tokenSource(source: string): string {
  return TOKEN_SOURCES.has(source) ? source : OTHER;
}

/** Reasons of the journal for no further attempt. */
const JOURNAL_REASONS: ReadonlySet<string> = new Set([
  'cancelled',
  'refused-by-when',
  'not-retryable',
  'should-retry-false',
  'body-not-replayable',
  'unsafe-method',
  'retries-disabled',
  'serving-a-retry',
  'retries-exhausted',
  'retry-after-too-long',
  'deadline',
  'circuit-open',
  'retry-budget',
  'origin-closed',
  'queue-full',
  'rate-limited',
]);

/** Of calls for which the journal has no reason: they failed before their first attempt, or after a response that was a success. */
const REASON_OF_CODE: Readonly<Record<string, string>> = {
  CANCELLED: 'cancelled',
  CIRCUIT_OPEN: 'circuit-open',
  DEADLINE_EXCEEDED: 'deadline',
  INTERCEPTOR_FAILED: 'interceptor-failed',
  INVALID_BODY: 'invalid-request',
  INVALID_HEADER: 'invalid-request',
  INVALID_OPTION: 'invalid-request',
  INVALID_URL: 'invalid-request',
  JSON_EMPTY: 'invalid-response',
  JSON_INVALID: 'invalid-response',
  KEYS_UNAVAILABLE: 'token-unavailable',
  ORIGIN_CLOSED: 'origin-closed',
  QUEUE_FULL: 'queue-full',
  RATE_LIMITED: 'rate-limited',
  RESPONSE_INVALID: 'invalid-response',
  SCHEMA_FAILED: 'invalid-response',
  TOKEN_INVALID: 'token-unavailable',
  TOKEN_UNAVAILABLE: 'token-unavailable',
};

/** Why a call that failed was not sent again. */
export function refusalReason(
  reason: string | undefined,
  { code }: Pick<NonNullable<CallEnd['error']>, 'code'>,
): string {
  if (reason !== undefined && JOURNAL_REASONS.has(reason)) return reason;
  return Object.hasOwn(REASON_OF_CODE, code) ? String(REASON_OF_CODE[code]) : 'not-retryable';
}
