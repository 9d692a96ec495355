interface CodeRow<Class extends string> {
  /** Name of the class that is thrown. */
  readonly type: Class;
  /** Whether a retry may succeed. */
  readonly retryable: boolean;
  readonly meaning: string;
}

/** Every way a call can fail. Tests compare the docs with this table; `classes.ts` adds the classes. */
export const CODES = {
  CONNECTION_REFUSED: row('ConnectionError', true, 'nothing listens at that address'),
  HOST_NOT_FOUND: row('ConnectionError', true, 'the host name could not be resolved'),
  CONNECTION_RESET: row('ConnectionError', true, 'the server reset the connection'),
  CONNECTION_CLOSED: row('ConnectionError', true, 'the server closed the connection without a response'),
  STALE_CONNECTION: row('ConnectionError', true, 'an idle connection was closed just as it was reused'),
  CONNECTION_FAILED: row('ConnectionError', true, 'a network error occurred'),
  PROXY_UNAVAILABLE: row('ConnectionError', true, 'the proxy failed or could not be reached'),
  PROXY_REFUSED: row('ConnectionError', false, 'the proxy refused the tunnel to the server'),
  BODY_TRUNCATED: row('ConnectionError', true, 'the connection broke before the whole body had arrived'),
  PROTOCOL_ERROR: row('ConnectionError', false, 'the response is not valid HTTP'),
  HEADERS_TOO_LARGE: row('ConnectionError', false, 'the response headers are larger than Node accepts'),
  CERTIFICATE_INVALID: row('SSLError', false, 'the certificate is not trusted'),
  TLS_FAILED: row('SSLError', false, 'TLS could not be established'),
  TIMEOUT: row('Timeout', true, 'the attempt took longer than its timeout'),
  DEADLINE_EXCEEDED: row('DeadlineExceeded', false, 'the call took longer than its deadline, or would have'),
  CLIENT_ERROR: row('HTTPError', false, 'the server rejected the request with a 4xx'),
  TOO_MANY_REQUESTS: row('HTTPError', true, 'the server responded with 429'),
  SERVER_ERROR: row('HTTPError', true, 'the server failed with a 5xx'),
  UNEXPECTED_STATUS: row('HTTPError', false, 'validateStatus rejected a status below 400'),
  TOO_MANY_REDIRECTS: row('TooManyRedirects', false, 'more redirects than maxRedirects allows'),
  REDIRECT_REFUSED: row('InvalidRequest', false, 'the redirect target is not allowed'),
  CONTENT_DECODING_FAILED: row('ContentDecodingError', false, 'the body does not match its Content-Encoding'),
  RESPONSE_TOO_LARGE: row('ResponseTooLarge', false, 'the body is larger than maxResponseSize'),
  INVALID_URL: row('InvalidRequest', false, 'the URL is invalid or not supported'),
  INVALID_HEADER: row('InvalidRequest', false, 'a header cannot be sent'),
  INVALID_BODY: row('InvalidRequest', false, 'the body cannot be sent'),
  INVALID_OPTION: row('InvalidRequest', false, 'an option of the request has an invalid value'),
  JSON_EMPTY: row('JSONDecodeError', false, 'the body is empty where JSON was expected'),
  JSON_INVALID: row('JSONDecodeError', false, 'the body is not valid JSON'),
  RESPONSE_INVALID: row('ResponseValidationError', false, 'the response does not match the schema'),
  SCHEMA_FAILED: row('RequestException', false, 'the schema threw instead of validating the response'),
  TOKEN_UNAVAILABLE: row('TokenError', false, 'no token available'),
  TOKEN_INVALID: row('TokenError', false, 'the token contains invalid characters'),
  KEYS_UNAVAILABLE: row('RequestException', false, 'the signing keys could not be fetched'),
  CIRCUIT_OPEN: row('CallNotPermitted', false, 'too many calls to that service have failed, so none is sent'),
  QUEUE_FULL: row('CallNotPermitted', false, 'the queue of calls that wait for that service is full'),
  ORIGIN_CLOSED: row('CallNotPermitted', false, 'that service asked for a longer pause than maxRetryAfter'),
  RATE_LIMITED: row('CallNotPermitted', false, 'the rate limit leaves no room within maxWait'),
  CANCELLED: row('RequestCancelled', false, "the caller's signal ended the call"),
  INTERCEPTOR_FAILED: row('RequestException', false, 'an interceptor or plugin threw'),
  REQUEST_FAILED: row('RequestException', false, 'unclassified error'),
} as const;

/** Identifies one way a call can fail. */
export type ErrorCode = keyof typeof CODES;

function row<Class extends string>(type: Class, retryable: boolean, meaning: string): CodeRow<Class> {
  return { type, retryable, meaning };
}
