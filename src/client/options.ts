import type { AxiosRequestConfig, CreateAxiosDefaults } from 'axios';
import type { RequestData } from '../request/encode-body';
import type { Plugin } from '../plugins/plugin';
import type { RequestContextOptions } from '../plugins/attempt-headers';
import type { RetryOptions } from '../resilience/retry-options';
import type { StandardSchema } from '../response/standard-schema';
import type { TokenOption } from '../tokens/sources/token-option';
import type { Transport } from '../transports/transport';

/** Header values by name. `null` and `undefined` send none. */
export type RequestHeaders = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** axios's own options, but for those that have a meaning of their own here. */
type AxiosOptions = Omit<
  AxiosRequestConfig,
  | 'url'
  | 'method'
  | 'data'
  | 'headers'
  | 'timeout'
  | 'token'
  | 'retryAttempts'
  | 'deadline'
  | 'call'
  | 'attempt'
  | 'signal'
  | 'transport'
>;

/** What one call may be given; whatever else axios understands goes through to it. */
export interface RequestOptions extends AxiosOptions {
  /**
   * Bearer token of this call; `null` sends none.
   *
   * @default the client's token, then `SERVICE_AUTH_TOKEN`, `AUTH_TOKEN`, then the token service
   * @see contract, "Token Source Priority"
   */
  readonly token?: string | null | undefined;
  /**
   * Seconds that an attempt may take, from its start to the last byte of the body; `Infinity` for no limit.
   *
   * @default 5
   * @see contract, "Timeout Configuration"
   */
  readonly timeout?: number | undefined;
  /**
   * Retries after the first attempt, 0 to 10.
   *
   * @default 3
   * @see contract, "Retry Configuration"
   */
  readonly retryAttempts?: number | undefined;
  /**
   * Seconds that the whole call may take: token, attempts and waits.
   *
   * @default Infinity
   */
  readonly deadline?: number | undefined;
  /**
   * Body: a plain object or URLSearchParams is sent as a form; a string, binary data, FormData, Blob or stream as it is.
   * A stream is sent once; a function that returns a fresh stream lets the call be retried.
   */
  readonly data?: RequestData | null | undefined;
  /** Body that is sent as JSON. Not together with `data`. */
  readonly json?: unknown;
  readonly headers?: RequestHeaders | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a call may be given that answers with JSON. */
export interface JSONRequestOptions<T> extends RequestOptions {
  /** What the answer has to be: a Standard Schema, as zod, valibot and arktype make them. The call returns its output. */
  readonly schema?: StandardSchema<unknown, T> | undefined;
}

/** What a client may be given; whatever else axios takes as a default goes through to it. */
export interface HTTPClientOptions extends Omit<AxiosOptions, 'params'>, Pick<CreateAxiosDefaults, 'params'> {
  /**
   * Bearer token of every call: a token, a function or a source.
   *
   * @default `SERVICE_AUTH_TOKEN` or `AUTH_TOKEN` of the environment, then the token service that `TOKEN_SERVICE_URL` names
   * @see contract, "Token Handling"
   */
  readonly token?: TokenOption | undefined;
  /** Seconds that an attempt may take. @default 5 */
  readonly timeout?: number | undefined;
  /** Retries after the first attempt, 0 to 10. @default 3 */
  readonly retryAttempts?: number | undefined;
  /** Seconds that a whole call may take. @default Infinity */
  readonly deadline?: number | undefined;
  /** What is retried, and how long to wait. */
  readonly retry?: RetryOptions | undefined;
  /** Headers of every call. */
  readonly headers?: RequestHeaders | undefined;
  /**
   * Hosts that may see a token: `user-service`, `user-service:8000`, `*.internal`. Calls to others carry none.
   *
   * @default every host, as the contract
   */
  readonly tokenHosts?: readonly string[] | undefined;
  /**
   * Bytes, decompressed, that a buffered body may have; `Infinity` for no limit.
   *
   * @default 104857600
   */
  readonly maxResponseSize?: number | undefined;
  /** Whether `HTTP_PROXY` and its like apply; a plain-http proxy reads the token. @default false */
  readonly trustEnv?: boolean | undefined;
  /** What carries the requests. @default 'http' */
  readonly transport?: 'http' | Transport | undefined;
  /** What calls take over from the request that is being served; `false` keeps them out of it, as calls to strangers. */
  readonly requestContext?: RequestContextOptions | false | undefined;
  /** Plugins of yours, outermost first. */
  readonly plugins?: readonly Plugin[] | undefined;
}
