import { createException } from '../../errors/create';
import type { RequestException } from '../../errors/exceptions';
import { isHTTPError, isRequestException, isTokenError } from '../../errors/guards';
import { toError } from '../../util/is-error';
import type { Verdict } from '../cache/issuer-gate';
import { jsonObject } from './json-object';
import type { IssuerResponse } from './token-client';

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
export function tokenFailure(thrown: unknown): RequestException {
  if (isTokenError(thrown)) return thrown;
  const cause = toError(thrown);
  const errorCode = oauthErrorOf(cause);
  const detail = errorCode === undefined ? issuerMessage(cause) : `${cause.message} (${errorCode})`;
  return createException('TOKEN_UNAVAILABLE', { cause, sent: 'no', detail });
}

/** What went wrong at an issuer. A redirect mostly leads to a login page, or to the same URL with a trailing slash. */
export function issuerMessage(cause: Error): string {
  const isRedirect = isHTTPError(cause) && cause.status >= 300 && cause.status < 400;
  return isRedirect ? `${cause.message}; redirects are not followed` : cause.message;
}

/** Errors that pass. @see RFC 6749, section 4.1.2.1; RFC 8628, section 3.5 */
const PASSING: ReadonlySet<string> = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
  'authorization_pending',
]);

/** What a 2xx said instead of a token. Issuers that do so have words of their own for a refusal. */
class ErrorResponse extends Error {
  constructor(readonly errorCode: string | undefined) {
    super('the response is an error');
  }
}

/** The TokenError for a 2xx whose body is an error response, as some issuers send. */
export function errorResponse({ status, call }: Omit<IssuerResponse, 'data' | 'elapsed'>, error: unknown): Error {
  const cause = new ErrorResponse(errorCode(error));
  const detail = `the ${status} response is an error${cause.errorCode === undefined ? '' : ` (${cause.errorCode})`}`;
  return createException('TOKEN_UNAVAILABLE', { call, detail, sent: 'no', cause });
}

/** With a 401: the client's credentials are wrong. With a 400, an issuer may mean an audience. @see RFC 6749, section 5.2 */
const OF_CLIENT: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client']);

/**
 * Whom a failed token request concerns. A refusal, or another 4xx than 429, is about one token, unless it is about the client;
 * any other outcome of a request is one that requests for other tokens would have, too, and so is the failure of a source of
 * credentials.
 *
 * @param patience limit in milliseconds for which a refusal counts
 */
export function judgeFailure(failure: unknown, patience: number): Verdict {
  const cause = isTokenError(failure) ? failure.cause : undefined;
  const error = isRequestException(cause) ? cause : failure;
  // A source of credentials has failed, or takes too long: all requests need the same.
  if (!isRequestException(error) || error.attempts.length === 0) return { issuer: 'down', repeatsFor: 0 };
  const code = oauthErrorOf(cause) ?? '';
  const isPassing = PASSING.has(code);
  const isRefusal = !isPassing && (cause instanceof ErrorResponse || error.status === 401 || REFUSALS.has(code));
  const isOfClient = error.status === 401 && OF_CLIENT.has(code);
  const isOfToken = !isPassing && !isOfClient && (isRefusal || error.code === 'CLIENT_ERROR');
  const asked = Math.min((error.retryAfter ?? 0) * 1000, REFUSAL_TIME);
  return {
    issuer: isOfToken ? 'up' : 'down',
    repeatsFor: isRefusal ? Math.min(REFUSAL_TIME, patience) : asked,
  };
}

/** The error code of the issuer, if it is one. */
export function oauthErrorOf(cause: unknown): string | undefined {
  if (cause instanceof ErrorResponse) return cause.errorCode;
  if (!isHTTPError(cause) || cause.status >= 500) return undefined;
  return errorCode(jsonObject(cause.response.data)?.['error']);
}

/** RFC 6749, section 5.2: the error code is a short word. The description may contain anything, so it is left out. */
function errorCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : undefined;
}
