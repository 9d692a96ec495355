import { createException } from '../../errors/create';
import { isHTTPError, isRequestException, isTokenError } from '../../errors/guards';
import { toError } from '../../util/is-error';
import { jsonObject } from './json-object';

/** Milliseconds for which a refusal is final, and the limit for a `Retry-After`. */
const REFUSAL_TIME = 30_000;
/** @see RFC 6749, section 5.2; RFC 8707, section 2 */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
]);

/** The TokenError for a failed token request. It contains nothing of what was sent. */
export function tokenFailure(thrown: unknown): Error {
  if (isTokenError(thrown)) return thrown;
  const cause = toError(thrown);
  const errorCode = errorCodeOf(cause);
  const detail = errorCode === undefined ? cause.message : `${cause.message} (${errorCode})`;
  return createException('TOKEN_UNAVAILABLE', { cause, sent: 'no', detail });
}

/** Milliseconds for which another request would be refused, too. */
export function refusalTime(failure: unknown): number {
  const cause = isTokenError(failure) ? failure.cause : undefined;
  if (!isRequestException(cause)) return 0;
  if (cause.status === 401 || REFUSALS.has(errorCodeOf(cause) ?? '')) return REFUSAL_TIME;
  return Math.min((cause.retryAfter ?? 0) * 1000, REFUSAL_TIME);
}

/** RFC 6749, section 5.2: the error code is a short word. The description may contain anything, so it is left out. */
function errorCodeOf(cause: unknown): string | undefined {
  if (!isHTTPError(cause) || cause.status >= 500) return undefined;
  const code = jsonObject(cause.response.data)?.['error'];
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : undefined;
}
