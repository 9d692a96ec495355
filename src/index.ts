export { HTTPClient, createClient } from './http-client';
export { HTTPResponse } from './response';
export type { HTTPClientOptions, JSONRequestOptions, RequestHeaders, RequestOptions } from './options';
export type { RequestData } from './body/encode';
export type { HTTP, Plugin, Ring } from './plugin';
export type { Attempt, Call, Decision } from './call';
export { contextFrom, type ContextOptions, type InboundHeaders } from './context/context-from';
export type { ContextFacts, RequestContext } from './context/request-context';
export { currentContext, inboundToken, runInContext } from './context/run-in-context';
export type { Trace } from './context/trace-context';
export type { RequestContextOptions } from './plugins/request-context';
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
  ResponseValidationError,
  SSLError,
  Timeout,
  TokenError,
  TooManyRedirects,
} from './errors/exceptions';
export type { ExceptionFacts, Phase, Sent } from './errors/exceptions';
export type { Problem } from './errors/problem';
export type { SchemaIssue, SchemaResult, StandardIssue, StandardSchema } from './schema/standard-schema';
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
  isResponseValidationError,
  isSSLError,
  isTimeout,
  isTokenError,
  isTooManyRedirects,
} from './errors/guards';
// Their additions to axios's config have to reach whoever reads these declarations.
export type {} from './call-of';
export type {} from './plugins/bearer-token';
export type {} from './plugins/retry';
export { onBehalfOf, type OnBehalfOfOptions } from './tokens/on-behalf-of';
export { tokenService, type TokenServiceOptions } from './tokens/token-service';
export type { TokenAudience } from './tokens/issuer/token-target';
export type { AuthMethod } from './tokens/issuer/client-authentication';
export { envToken } from './tokens/env-token';
export { firstOf } from './tokens/first-of';
export { staticToken } from './tokens/static-token';
export { fileToken } from './tokens/file-token';
export { InvalidToken, type InvalidTokenReason } from './tokens/jwt/invalid-token';
export type { JsonWebKeySet } from './tokens/jwt/jwks';
export type { JwtAlgorithm, JwtKey } from './tokens/jwt/jwt-keys';
export { perHost, type HostToken } from './tokens/per-host';
export { signedJwt, type SignedJwtOptions } from './tokens/signed-jwt';
export type { AccessToken, TokenAnswer, TokenRequest, TokenSource } from './tokens/token-source';
export { memoryTokenStore } from './tokens/stores/memory-token-store';
export { redisTokenStore, type RedisTokenStoreOptions } from './tokens/stores/redis-token-store';
export type { IORedisClient, NodeRedisClient } from './tokens/stores/redis-commands';
export type { EncryptionKey } from './tokens/stores/sealed-text';
export type { TokenStore } from './tokens/stores/token-store';
export { verifyToken, type TokenClaims, type VerifyTokenOptions } from './tokens/verify-token';
export type { Transport } from './transports/transport';
