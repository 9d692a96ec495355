import { kindOf, valueOrKind } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import type { ErrorCode } from '../errors/codes';
import type { HTTPError, RequestException } from '../errors/exceptions';
import { isCallNotPermitted, isHTTPError } from '../errors/guards';
import type { Problem } from '../errors/problem';
import { problemResponse, withBody, type ProblemResponse } from './problem-response';

/** How failed calls to upstreams become responses to the caller. */
export interface UpstreamOptions {
  /**
   * Upstream statuses from 400 to 499 that are passed on to the caller, with the upstream's problem document if it sent
   * one. 401 and 407 are not allowed: they concern this service's credentials. Other 4xx become 502, except that 429
   * becomes 503.
   *
   * @default []
   */
  readonly passThrough?: readonly number[] | undefined;
}

/** `UpstreamOptions`, checked. */
export interface UpstreamSettings {
  readonly passThrough: ReadonlySet<number>;
}

/** This service's own fault, bad upstream response, upstream unavailable, upstream too slow. */
type GatewayStatus = 500 | 502 | 503 | 504;

/** The status that a service responds with when a call that it depends on failed. */
const STATUS_OF: Readonly<Record<ErrorCode, GatewayStatus>> = {
  CONNECTION_REFUSED: 502,
  HOST_NOT_FOUND: 502,
  CONNECTION_RESET: 502,
  CONNECTION_CLOSED: 502,
  STALE_CONNECTION: 502,
  CONNECTION_FAILED: 502,
  PROXY_UNAVAILABLE: 502,
  PROXY_REFUSED: 502,
  BODY_TRUNCATED: 502,
  PROTOCOL_ERROR: 502,
  HEADERS_TOO_LARGE: 502,
  CERTIFICATE_INVALID: 502,
  TLS_FAILED: 502,
  TIMEOUT: 504,
  DEADLINE_EXCEEDED: 504,
  // Including 401 and 403: the upstream refused this service's token, not the caller's.
  CLIENT_ERROR: 502,
  TOO_MANY_REQUESTS: 503,
  // Except 503 and 504, which are kept.
  SERVER_ERROR: 502,
  UNEXPECTED_STATUS: 502,
  TOO_MANY_REDIRECTS: 502,
  REDIRECT_REFUSED: 502,
  CONTENT_DECODING_FAILED: 502,
  RESPONSE_TOO_LARGE: 502,
  INVALID_URL: 500,
  INVALID_HEADER: 500,
  INVALID_BODY: 500,
  INVALID_OPTION: 500,
  JSON_EMPTY: 502,
  JSON_INVALID: 502,
  RESPONSE_INVALID: 502,
  SCHEMA_FAILED: 500,
  TOKEN_UNAVAILABLE: 502,
  TOKEN_INVALID: 502,
  KEYS_UNAVAILABLE: 502,
  CIRCUIT_OPEN: 503,
  QUEUE_FULL: 503,
  ORIGIN_CLOSED: 503,
  RATE_LIMITED: 503,
  CANCELLED: 503,
  INTERCEPTOR_FAILED: 500,
  REQUEST_FAILED: 502,
};

/** These do not name the upstream: callers must not learn which services are behind this one. */
const DETAIL: Readonly<Record<GatewayStatus, string>> = {
  500: 'The service itself failed.',
  502: 'An upstream service failed.',
  503: 'An upstream service is temporarily unavailable.',
  504: 'An upstream service took too long.',
};
const REFUSED = 'An upstream service rejected the request.';

/** Seconds: the largest value of `Retry-After`. @see RFC 9111, section 1.2.2 */
const MAX_RETRY_AFTER = 2 ** 31;

/** Why a retryable failure was not retried (again). They hold for the caller too, which would only repeat the call. */
const FINAL_REASONS: readonly unknown[] = [
  'retries-exhausted',
  'should-retry-false',
  'unsafe-method',
  'retry-budget',
  'circuit-open',
];

/** @throws TypeError if `passThrough` is not a list, or holds a status that cannot be passed on */
export function upstreamSettings({ passThrough = [] }: UpstreamOptions): UpstreamSettings {
  if (!Array.isArray(passThrough)) {
    throw wrongOption('passThrough', 'be a list of statuses', kindOf(passThrough));
  }
  for (const status of passThrough as readonly unknown[]) {
    if (status === 401 || status === 407) {
      throw new TypeError(
        `Option \`passThrough\` must not contain ${status}, which concerns this service's credentials, not the caller's`,
      );
    }
    if (Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 499) continue;
    throw wrongOption('passThrough', 'contain statuses from 400 to 499', valueOrKind(status, 'number'));
  }
  return { passThrough: new Set(passThrough as readonly number[]) };
}

/** Whether the upstream's response is passed on to the caller. It is not a fault then. */
export function isPassedThrough(error: RequestException, { passThrough }: UpstreamSettings): error is HTTPError {
  return isHTTPError(error) && passThrough.has(error.status);
}

/**
 * The response to the caller when a call that the service depends on failed. It shows only the kind of the failure.
 *
 * @param requestId the id in the context, if there is one
 * @see RFC 9110, sections 15.6.3 to 15.6.5; RFC 9457
 */
export function upstreamResponse(
  error: RequestException,
  settings: UpstreamSettings,
  requestId?: string,
): ProblemResponse {
  const headers = isFinal(error) ? { 'X-Should-Retry': 'false' } : {};
  if (isPassedThrough(error, settings)) return passedThrough(error, requestId, headers);
  const status = statusOf(error);
  const wait = status === 503 ? retryAfter(error.retryAfter ?? 1) : {};
  return problemResponse(status, DETAIL[status], requestId, { ...headers, ...wait });
}

function passedThrough(
  error: HTTPError,
  requestId: string | undefined,
  headers: Record<string, string>,
): ProblemResponse {
  const { status, problem, retryAfter: seconds } = error;
  const all = { ...headers, ...(seconds !== undefined && retryAfter(seconds)) };
  return problem && isSerializable(problem)
    ? withBody(status, { ...problem, status }, requestId, all)
    : problemResponse(status, REFUSED, requestId, all);
}

/** JSON.parse takes any depth, but JSON.stringify would overflow the stack of the error handler. */
function isSerializable(problem: Problem): boolean {
  try {
    return JSON.stringify(problem) !== '';
  } catch {
    return false;
  }
}

function statusOf({ code, status }: RequestException): GatewayStatus {
  if (code === 'SERVER_ERROR' && (status === 503 || status === 504)) return status;
  // Another copy of this package may have codes that this copy does not know.
  return (STATUS_OF as Readonly<Record<string, GatewayStatus | undefined>>)[code] ?? 502;
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': String(Math.min(Math.ceil(seconds), MAX_RETRY_AFTER)) };
}

/**
 * Whether the caller should not retry. A failure that is not retryable here is not retryable for the caller either, and
 * each retry by the caller would repeat all retries that were made here. A call that this service itself cancelled, as
 * at shutdown, proves neither.
 */
function isFinal(error: RequestException): boolean {
  const { code, retryable, retries, attempts } = error;
  // The upstream has seen nothing of a call that was held back here, and `Retry-After` says when the next may pass.
  if (code === 'CANCELLED' || isCallNotPermitted(error)) return false;
  if (attempts.some(({ reason }) => FINAL_REASONS.includes(reason))) return true;
  // The caller may have more time, and unless there were retries here, a retry by the caller repeats none.
  return code === 'DEADLINE_EXCEEDED' ? retries > 0 : !retryable;
}
