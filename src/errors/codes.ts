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
  HOST_NOT_FOUND: row('ConnectionError', true, 'the host name has no address'),
  CONNECTION_RESET: row('ConnectionError', true, 'the other side reset the connection'),
  CONNECTION_CLOSED: row('ConnectionError', true, 'the other side closed the connection without an answer'),
  STALE_CONNECTION: row('ConnectionError', true, 'an idle connection had been closed just as it was used again'),
  CONNECTION_FAILED: row('ConnectionError', true, 'the network could not carry the request'),
  BODY_TRUNCATED: row('ConnectionError', true, 'the connection broke before the whole body was here'),
  PROTOCOL_ERROR: row('ConnectionError', false, 'the answer is not HTTP'),
  HEADERS_TOO_LARGE: row('ConnectionError', false, 'the headers of the answer are larger than Node takes'),
  CERTIFICATE_INVALID: row('SSLError', false, 'the certificate is not to be trusted'),
  TLS_FAILED: row('SSLError', false, 'TLS could not be set up'),
  TIMEOUT: row('Timeout', true, 'the attempt took longer than its timeout'),
  DEADLINE_EXCEEDED: row('DeadlineExceeded', false, 'the call took longer than its deadline, or would have'),
  CLIENT_ERROR: row('HTTPError', false, 'the other service refused the request with a 4xx'),
  TOO_MANY_REQUESTS: row('HTTPError', true, 'the other service answered 429'),
  SERVER_ERROR: row('HTTPError', true, 'the other service failed with a 5xx'),
  UNEXPECTED_STATUS: row('HTTPError', false, 'validateStatus refused a status below 400'),
  TOO_MANY_REDIRECTS: row('TooManyRedirects', false, 'more redirects than maxRedirects allows'),
  REDIRECT_REFUSED: row('InvalidRequest', false, 'the redirect leads to where the client does not go'),
  CONTENT_DECODING_FAILED: row('ContentDecodingError', false, 'the body is not what its Content-Encoding says'),
  RESPONSE_TOO_LARGE: row('ResponseTooLarge', false, 'the body is larger than maxResponseSize'),
  INVALID_URL: row('InvalidRequest', false, 'the URL cannot be requested'),
  INVALID_HEADER: row('InvalidRequest', false, 'a header cannot be sent'),
  INVALID_BODY: row('InvalidRequest', false, 'the body cannot be sent'),
  INVALID_OPTION: row('InvalidRequest', false, 'an axios option has a value that cannot be used'),
  JSON_EMPTY: row('JSONDecodeError', false, 'the body is empty where JSON was expected'),
  JSON_INVALID: row('JSONDecodeError', false, 'the body is no JSON'),
  RESPONSE_INVALID: row('ResponseValidationError', false, 'the answer does not match the schema'),
  SCHEMA_FAILED: row('RequestException', false, 'the schema threw instead of judging the answer'),
  TOKEN_UNAVAILABLE: row('TokenError', false, 'no token could be had'),
  TOKEN_INVALID: row('TokenError', false, 'the token holds characters that no token has'),
  KEYS_UNAVAILABLE: row('RequestException', false, 'the keys that tokens are verified with could not be had'),
  CANCELLED: row('RequestCancelled', false, "the caller's signal ended the call"),
  INTERCEPTOR_FAILED: row('RequestException', false, 'an interceptor or plugin threw'),
  REQUEST_FAILED: row('RequestException', false, 'a failure of a kind unknown to this table'),
} as const;

/** Identifies one way a call can fail. */
export type ErrorCode = keyof typeof CODES;

function row<Class extends string>(type: Class, retryable: boolean, meaning: string): CodeRow<Class> {
  return { type, retryable, meaning };
}
