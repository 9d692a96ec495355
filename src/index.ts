/**
 * The client, its errors, token sources, events, and the context of a request.
 *
 * @packageDocumentation
 */
import { namedExports } from './checks/named-exports';
export { createClient } from './client/create-client';
export { HTTPClient } from './client/http-client';
export { observe, type Observer } from './events/observe';
export type * from './events/messages';
// `RequestHeaders` are those of a call's options.
export type { RequestHeaders as RequestHeadersEvent } from './events/messages';
export type { AttemptView } from './events/attempt-view';
export type { CallView } from './events/call-view';
export type { ContextView } from './events/inbound-view';
export type { ErrorView, ResponseView } from './events/outcome-views';
export type { ConnectionFacts, RequestTimings, RequestView } from './events/request-view';
export type { ResendKind } from './events/resend';
export { HTTPResponse } from './response/http-response';
export type { HTTPClientOptions } from './client/options/client-options';
export type { JSONRequestOptions, RequestHeaders, RequestOptions } from './client/options/request-options';
export type { RequestData } from './request/encode-body';
export type { HTTP, Plugin, Ring } from './plugins/plugin';
export type { Call } from './call/call';
export type { Attempt, Decision, Phase, Sent } from './journal/attempt';
export { contextFrom, type ContextOptions } from './context/from-headers';
export type { InboundHeaders } from './context/inbound-headers';
export type { ContextFacts, RequestContext } from './context/inbound-context';
export { currentContext, inboundToken, runInContext } from './context/run-in-context';
export type { Trace } from './context/traceparent';
export type { RequestContextOptions } from './plugins/attempt-headers';
export type { RetryHooks, RetryNotice, RetryOutlook } from './resilience/retry-hooks';
export type { RetryOptions } from './resilience/retry-options';
export type { ResilienceOptions } from './client/options/resilience-options';
export type { BackpressureOptions } from './resilience/backpressure-options';
export type { CircuitBreakerOptions } from './resilience/circuit-options';
export type { ConcurrencyOptions } from './resilience/concurrency-options';
export type { HedgeQuantileOptions, HedgingOptions } from './resilience/hedging-options';
export { OriginStates } from './resilience/origin-states';
export type { RateLimitOptions } from './resilience/rate-limit-options';
export type { RetryBudgetOptions } from './resilience/retry-budget-options';
export type { RateLimitStore, SlotLease, SlotRequest } from './stores/rate-limit-store';
export { redisRateLimitStore, type RedisRateLimitStoreOptions } from './stores/redis-rate-limit-store';
export type { ConnectionOptions } from './transports/connections';
export {
  CallNotPermitted,
  ConnectionError,
  ContentDecodingError,
  DeadlineExceeded,
  HTTPError,
  InvalidRequest,
  JSONDecodeError,
  RequestCancelled,
  RequestException,
  ResponseTooLarge,
  ResponseValidationError,
  SSLError,
  Timeout,
  TokenError,
  TooManyRedirects,
} from './errors/exceptions';
export type { ExceptionFacts } from './errors/exception-facts';
export type { Problem } from './errors/problem';
export type { SchemaIssue, SchemaResult, StandardIssue, StandardSchema } from './response/standard-schema';
export { ERROR_CODES } from './errors/classes';
export type { ErrorCode } from './errors/codes';
export {
  isCallNotPermitted,
  isConnectionError,
  isContentDecodingError,
  isDeadlineExceeded,
  isHTTPError,
  isInvalidRequest,
  isJSONDecodeError,
  isRequestCancelled,
  isRequestException,
  isResponseTooLarge,
  isResponseValidationError,
  isSSLError,
  isTimeout,
  isTokenError,
  isTooManyRedirects,
} from './errors/guards';
// For users of the types: these modules add fields to axios's config.
export type {} from './call/call-of';
export type {} from './plugins/bearer-token';
export type {} from './plugins/retry';
export type { PathParams } from './request/path-params';
export { onBehalfOf, type OnBehalfOfOptions } from './tokens/sources/on-behalf-of';
export { tokenService, type TokenServiceOptions } from './tokens/sources/token-service';
export type { TokenAudience } from './tokens/issuer/token-target';
export type { AuthMethod } from './tokens/issuer/client-authentication';
export { envToken } from './tokens/sources/env-token';
export { firstOf } from './tokens/sources/first-of';
export { staticToken } from './tokens/sources/static-token';
export { fileToken } from './tokens/sources/file-token';
export { InvalidToken, type InvalidTokenReason } from './tokens/jwt/invalid-token';
export type { JsonWebKeySet } from './tokens/jwt/jwks';
export type { JwtAlgorithm, JwtKey } from './tokens/jwt/jwt-keys';
export { perHost, type HostToken } from './tokens/sources/per-host';
export { signedJwt, type SignedJwtOptions } from './tokens/sources/signed-jwt';
export type { AccessToken, TokenAnswer, TokenRequest, TokenSource } from './tokens/sources/token-source';
export { memoryTokenStore } from './stores/memory-token-store';
export { redisTokenStore, type RedisTokenStoreOptions } from './stores/redis-token-store';
export type { IORedisClient, NodeRedisClient } from './stores/redis-commands';
export type { EncryptionKey } from './stores/sealed-text';
export type { TokenStore } from './stores/token-store';
export { verifyToken, type TokenClaims, type VerifyTokenOptions } from './tokens/jwt/verify-token';
export type { Transport } from './transports/transport';

module.exports = namedExports(module.exports as object, '@hdms/http-client', 'HTTPClient');
