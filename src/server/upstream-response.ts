import { inspect } from 'node:util';
import type { ErrorCode } from '../errors/codes';
import type { HTTPError, RequestException } from '../errors/exceptions';
import { isHTTPError } from '../errors/guards';
import type { Problem } from '../errors/problem';
import { problemAnswer, withBody, type ProblemAnswer } from './problem-response';

export interface UpstreamOptions {
  /**
   * Statuses from 400 to 499 of the other service that are handed on as they are, with its problem document where it sent
   * one. 401 and 407 cannot be among them: they speak of this service's credentials.
   *
   * @default none; they become 502
   */
  readonly passThrough?: readonly number[] | undefined;
}

/** The same, checked. */
export interface UpstreamSettings {
  readonly passThrough: ReadonlySet<number>;
}

/** Own mistake, bad answer, not available, no answer in time. */
type GatewayStatus = 500 | 502 | 503 | 504;

/** What a service answers where a call that it depends on failed. */
export const STATUS_OF: Readonly<Record<ErrorCode, GatewayStatus>> = {
  CONNECTION_REFUSED: 502,
  HOST_NOT_FOUND: 502,
  CONNECTION_RESET: 502,
  CONNECTION_CLOSED: 502,
  STALE_CONNECTION: 502,
  CONNECTION_FAILED: 502,
  BODY_TRUNCATED: 502,
  PROTOCOL_ERROR: 502,
  HEADERS_TOO_LARGE: 502,
  CERTIFICATE_INVALID: 502,
  TLS_FAILED: 502,
  TIMEOUT: 504,
  DEADLINE_EXCEEDED: 504,
  // A 401 or 403 too: it was this service's token that was refused, not its caller's.
  CLIENT_ERROR: 502,
  TOO_MANY_REQUESTS: 503,
  // But for a 503 and a 504, which stay what they are.
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
  CANCELLED: 503,
  INTERCEPTOR_FAILED: 500,
  REQUEST_FAILED: 502,
};

/** They name no service: who is behind this one is not for its callers to know. */
const DETAIL: Readonly<Record<GatewayStatus, string>> = {
  500: 'The service made a mistake of its own.',
  502: 'A service that is needed for the answer failed.',
  503: 'A service that is needed for the answer is not available at the moment.',
  504: 'A service that is needed for the answer took too long.',
};
const REFUSED = 'A service that is needed for the answer refused the request.';

/** Seconds: what a `Retry-After` can say at most. @see RFC 9111, section 1.2.2 */
const LONGEST = 2 ** 31;

/** Why a call that is worth another try has had all of them, or must not have one: its caller would repeat it all the same. */
const IN_VAIN: readonly unknown[] = ['retries-exhausted', 'should-retry-false', 'unsafe-method'];

/** @throws TypeError for a status that cannot be handed on */
export function upstreamSettings({ passThrough = [] }: UpstreamOptions): UpstreamSettings {
  if (!Array.isArray(passThrough)) {
    throw new TypeError(`Option \`passThrough\` must be a list of statuses, got ${inspect(passThrough, { depth: 0 })}`);
  }
  for (const status of passThrough as readonly unknown[]) {
    if (status === 401 || status === 407) {
      throw new TypeError(
        `Option \`passThrough\` holds ${status}, which speaks of this service's credentials and not of its caller's`,
      );
    }
    if (Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 499) continue;
    throw new TypeError(
      `Option \`passThrough\` must hold statuses from 400 to 499, got ${inspect(status, { depth: 0 })}`,
    );
  }
  return { passThrough: new Set(passThrough as readonly number[]) };
}

/** Whether the answer of the other service is handed on: it is no fault, then. */
export function isPassedThrough(error: RequestException, { passThrough }: UpstreamSettings): error is HTTPError {
  return isHTTPError(error) && passThrough.has(error.status);
}

/**
 * What a service answers to its caller where a call that it depends on failed. Nothing of the failure shows but its kind.
 *
 * @param requestId that of the context, if there is one
 * @see RFC 9110, sections 15.6.3 to 15.6.5; RFC 9457
 */
export function upstreamAnswer(error: RequestException, settings: UpstreamSettings, requestId?: string): ProblemAnswer {
  const headers = isInVain(error) ? { 'X-Should-Retry': 'false' } : {};
  if (isPassedThrough(error, settings)) return passedThrough(error, requestId, headers);
  const status = statusOf(error);
  const wait = status === 503 ? retryAfter(error.retryAfter ?? 1) : {};
  return problemAnswer(status, DETAIL[status], requestId, { ...headers, ...wait });
}

function passedThrough(
  error: HTTPError,
  requestId: string | undefined,
  headers: Record<string, string>,
): ProblemAnswer {
  const { status, problem, retryAfter: seconds } = error;
  const all = { ...headers, ...(seconds !== undefined && retryAfter(seconds)) };
  return problem && canBeWritten(problem)
    ? withBody(status, { ...problem, status }, requestId, all)
    : problemAnswer(status, REFUSED, requestId, all);
}

/** JSON is read at any depth, but not written: it would take the stack of whoever handles the error. */
function canBeWritten(problem: Problem): boolean {
  try {
    return JSON.stringify(problem) !== '';
  } catch {
    return false;
  }
}

function statusOf({ code, status }: RequestException): GatewayStatus {
  if (code === 'SERVER_ERROR' && (status === 503 || status === 504)) return status;
  // Another copy of this package may have codes that are unknown to this one.
  return (STATUS_OF as Readonly<Record<string, GatewayStatus | undefined>>)[code] ?? 502;
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': String(Math.min(Math.ceil(seconds), LONGEST)) };
}

/**
 * Whether the caller need not try again: what will not work here will not work through it, and what has been tried often
 * enough here would be tried as often for each try of its own. A call that this service gave up itself, as it does when it is
 * shut down, says nothing of either.
 */
function isInVain({ code, retryable, retries, attempts }: RequestException): boolean {
  if (code === 'CANCELLED') return false;
  if (IN_VAIN.includes(attempts.at(-1)?.reason)) return true;
  // The caller may have more time, and then nobody has made a retry yet.
  return code === 'DEADLINE_EXCEEDED' ? retries > 0 : !retryable;
}
