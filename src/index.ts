export { HTTPClient, createClient } from './http-client';
export { HTTPResponse } from './response';
export type { HTTPClientOptions, RequestHeaders, RequestOptions } from './options';
export type { RequestData } from './body/encode';
export type { HTTP, Plugin, Ring } from './plugin';
export type { Attempt, Call, Decision } from './call';
export type { RetryOptions } from './retry/policy';
export {
  ConnectionError,
  ContentDecodingError,
  DeadlineExceeded,
  HTTPError,
  InvalidRequest,
  JSONDecodeError,
  RequestCancelled,
  RequestException,
  ResponseTooLarge,
  SSLError,
  Timeout,
  TokenError,
  TooManyRedirects,
} from './errors/exceptions';
export type { ExceptionFacts, Phase, Sent } from './errors/exceptions';
export type { Problem } from './errors/problem';
export { CODES as ERROR_CODES, type ErrorCode } from './errors/codes';
export {
  isConnectionError,
  isContentDecodingError,
  isDeadlineExceeded,
  isHTTPError,
  isInvalidRequest,
  isJSONDecodeError,
  isRequestCancelled,
  isRequestException,
  isResponseTooLarge,
  isSSLError,
  isTimeout,
  isTokenError,
  isTooManyRedirects,
} from './errors/guards';
// Their additions to axios's config have to reach whoever reads these declarations.
export type {} from './call-of';
export type {} from './plugins/bearer-token';
export type {} from './plugins/retry';
export { tokenService, type TokenServiceOptions } from './tokens/token-service';
export type { AccessToken, TokenAnswer, TokenRequest, TokenSource } from './tokens/token-source';
export type { Transport } from './transports/transport';
