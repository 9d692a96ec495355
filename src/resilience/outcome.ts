import type { ErrorCode } from '../errors/codes';
import { findHeader } from '../response/find-header';
import { parseRetryAfter } from '../response/retry-after';
import { forbidsRetry } from '../response/should-retry';

/** What an attempt says about the health of its origin. */
export type Outcome = 'success' | 'failure' | 'neither';

/** `response`: the status of the response decides. */
type Verdict = Outcome | 'response';

const VERDICTS = {
  CONNECTION_REFUSED: 'failure',
  HOST_NOT_FOUND: 'failure',
  CONNECTION_RESET: 'failure',
  CONNECTION_CLOSED: 'failure',
  // Servers close idle connections; the attempt is replayed on a fresh one.
  STALE_CONNECTION: 'neither',
  CONNECTION_FAILED: 'failure',
  // The origin cannot be reached, whether the proxy or the service is at fault.
  PROXY_UNAVAILABLE: 'failure',
  PROXY_REFUSED: 'failure',
  BODY_TRUNCATED: 'failure',
  PROTOCOL_ERROR: 'failure',
  // The service responded; the limit is ours, and the status unknown.
  HEADERS_TOO_LARGE: 'neither',
  CERTIFICATE_INVALID: 'failure',
  TLS_FAILED: 'failure',
  TIMEOUT: 'failure',
  // A deadline may leave less time than a healthy service needs.
  DEADLINE_EXCEEDED: 'neither',
  CLIENT_ERROR: 'response',
  TOO_MANY_REQUESTS: 'response',
  SERVER_ERROR: 'response',
  UNEXPECTED_STATUS: 'response',
  TOO_MANY_REDIRECTS: 'success',
  REDIRECT_REFUSED: 'success',
  CONTENT_DECODING_FAILED: 'response',
  RESPONSE_TOO_LARGE: 'response',
  INVALID_URL: 'neither',
  INVALID_HEADER: 'neither',
  INVALID_BODY: 'neither',
  INVALID_OPTION: 'neither',
  JSON_EMPTY: 'response',
  JSON_INVALID: 'response',
  RESPONSE_INVALID: 'response',
  SCHEMA_FAILED: 'response',
  TOKEN_UNAVAILABLE: 'neither',
  TOKEN_INVALID: 'neither',
  KEYS_UNAVAILABLE: 'neither',
  CIRCUIT_OPEN: 'neither',
  QUEUE_FULL: 'neither',
  ORIGIN_CLOSED: 'neither',
  RATE_LIMITED: 'neither',
  CANCELLED: 'neither',
  INTERCEPTOR_FAILED: 'neither',
  REQUEST_FAILED: 'neither',
} as const satisfies Readonly<Record<ErrorCode, Verdict>>;

/** What is looked at of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: object;
}

/**
 * Classifies how an attempt ended.
 *
 * @param code of its exception, if it failed; a leg that lost against its hedge is `CANCELLED`
 * @param response if one arrived
 */
export function outcomeOf(code: ErrorCode | undefined, response: ResponseHead | undefined): Outcome {
  const verdict = code === undefined ? 'response' : VERDICTS[code];
  if (verdict !== 'response') return verdict;
  return response === undefined ? 'neither' : outcomeOfResponse(response);
}

function outcomeOfResponse({ status, headers }: ResponseHead): Outcome {
  if (status < 500) return status === 429 ? 'neither' : 'success';
  // A service that says when to retry controls its load. With `false` it reports a failure of a service behind it.
  const isSteering = parseRetryAfter(findHeader(headers, 'retry-after'), 0) !== undefined;
  return isSteering || forbidsRetry(headers) ? 'neither' : 'failure';
}
