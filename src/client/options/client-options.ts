import type { CreateAxiosDefaults } from 'axios';
import type { Plugin } from '../../plugins/plugin';
import type { RequestContextOptions } from '../../plugins/attempt-headers';
import type { RetryOptions } from '../../resilience/retry-options';
import type { TokenOption } from '../../tokens/sources/token-option';
import type { ConnectionOptions } from '../../transports/connections';
import type { Transport } from '../../transports/transport';
import type { ResilienceOptions } from './resilience-options';
import type { AxiosOptions, RedirectOptions, RequestHeaders } from './request-options';

/** Options of a client; all other defaults of axios are passed on to it. */
export interface HTTPClientOptions
  extends
    Omit<AxiosOptions, 'params' | 'baseURL'>,
    Pick<CreateAxiosDefaults, 'params'>,
    RedirectOptions,
    ResilienceOptions {
  /** Base of relative URLs: absolute, http or https, without query or fragment. @default none */
  readonly baseURL?: string | URL | undefined;
  /** What messages, spans, metrics, logs and errors about options call this client. @default none */
  readonly name?: string | undefined;
  /**
   * Bearer token of every call: a token, a function or a source.
   *
   * @default `SERVICE_AUTH_TOKEN` or `AUTH_TOKEN` from the environment, then the token service at `TOKEN_SERVICE_URL`
   * @see contract, "Token Handling"
   */
  readonly token?: TokenOption | undefined;
  /**
   * Seconds that an attempt may take, from its start to the last byte of the body: above 0, at most 600; `Infinity` for no limit.
   * An attempt that takes longer fails with Timeout, and is retried.
   *
   * @default 5
   */
  readonly timeout?: number | undefined;
  /** Retries after the first attempt, 0 to 10. @default 3 */
  readonly retryAttempts?: number | undefined;
  /**
   * Seconds that a whole call may take, with token, attempts and waits: above 0, at most 600; `Infinity` for no limit. A call that
   * takes longer fails with DeadlineExceeded.
   *
   * @default Infinity
   */
  readonly deadline?: number | undefined;
  /** What is retried, and how long the waits are. @default the rules of the contract, see `RetryOptions` */
  readonly retry?: RetryOptions | undefined;
  /** Headers of every call. @default none */
  readonly headers?: RequestHeaders | undefined;
  /**
   * Hosts that may receive a token: `user-service`, `user-service:8000`, `*.internal`. Calls to others carry none.
   *
   * @default every host, as in the contract
   */
  readonly tokenHosts?: readonly string[] | undefined;
  /**
   * Limit of a buffered body in bytes, after decompression; `Infinity` for no limit. A longer one fails with ResponseTooLarge.
   *
   * @default 104857600
   */
  readonly maxResponseSize?: number | undefined;
  /** Whether `HTTP_PROXY` and similar variables apply; a plain-http proxy can read the token. @default false */
  readonly trustEnv?: boolean | undefined;
  /**
   * Whether the exception for an error response quotes the first 500 characters of a JSON or text body, with values
   * that look secret as `***`. The title and the detail of a problem document are always quoted.
   *
   * @default false
   */
  readonly logErrorBody?: boolean | undefined;
  /** Carries the requests. @default 'http' */
  readonly transport?: 'http' | Transport | undefined;
  /**
   * How long connections are kept, in seconds, and how many. Your `httpAgent`, `httpsAgent` or undici `dispatcher` keeps its own limits.
   *
   * @default { maxIdle: 4, maxAge: Infinity, perOrigin: Infinity }
   */
  readonly connections?: ConnectionOptions | undefined;
  /** Whether calls join the inbound request, with its id, trace and deadline; `false` for third-party APIs. @default {} */
  readonly requestContext?: RequestContextOptions | false | undefined;
  /**
   * Names that your interceptors or axios plugins read from a config: calls and the client accept them as options, whatever their
   * values. Without this, an unknown name is a TypeError.
   *
   * @default none, in addition to those that known axios plugins read
   */
  readonly extraOptions?: readonly string[] | undefined;
  /** Your plugins, outermost first. @default none */
  readonly plugins?: readonly Plugin[] | undefined;
}
