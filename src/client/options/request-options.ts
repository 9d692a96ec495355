import type { AxiosBasicCredentials, AxiosRequestConfig } from 'axios';
import type { RequestData } from '../../request/encode-body';
import type { PathParams } from '../../request/path-params';
import type { RetryHooks } from '../../resilience/retry-hooks';
import type { StandardSchema } from '../../response/standard-schema';
import type { HedgingOptions } from '../../resilience/hedging-options';
import type { Redirects } from '../../wire/redirect-policy';

/** Header values by name. `null` and `undefined` send none. */
export type RequestHeaders = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** The options of axios, except those that this package defines itself. */
export type AxiosOptions = Omit<
  AxiosRequestConfig,
  | 'url'
  | 'method'
  | 'data'
  | 'auth'
  | 'headers'
  | 'timeout'
  | 'token'
  | 'retryAttempts'
  | 'retry'
  | 'deadline'
  | 'call'
  | 'attemptState'
  | 'beside'
  | 'hedging'
  | 'circuitBreaker'
  | 'signal'
  | 'transport'
  | 'redirects'
  | 'redirectHosts'
  | 'axios-retry'
  | 'logErrorBody'
  | 'pathParams'
> & {
  /** Basic authentication; `null` sends none. @default none; for a call, the client's */
  readonly auth?: AxiosBasicCredentials | null | undefined;
};

/** Where redirects may lead, of a client or of one call. */
export interface RedirectOptions {
  /**
   * Where a redirect may lead: `follow` for anywhere, `same-origin` only to the origin of the call; `error` refuses every
   * redirect. A redirect that is not allowed fails with `REDIRECT_REFUSED`. With `maxRedirects: 0` the 3xx is the response.
   *
   * @default 'follow'; for a call, the client's
   */
  readonly redirects?: Redirects | undefined;
  /**
   * Hosts of other origins that a redirect may lead to: `user-service`, `user-service:8000`, `*.internal`.
   *
   * @default every host; for a call, the client's
   */
  readonly redirectHosts?: readonly string[] | undefined;
}

/** Options of one call; all other options of axios are passed on to it. */
export interface RequestOptions extends AxiosOptions, RedirectOptions {
  /**
   * Values for the placeholders in the path of the URL: `{ id }` for `'/users/{id}'`. Each is percent-encoded as one segment.
   * A value that is missing, unused, empty, or that would be `.` or `..`, is a TypeError.
   *
   * @default none: braces are sent as they are
   */
  readonly pathParams?: PathParams | undefined;
  /**
   * Bearer token of this call; `null` sends none.
   *
   * @default the client's token, then `SERVICE_AUTH_TOKEN`, `AUTH_TOKEN`, then the token service
   * @see contract, "Token Source Priority"
   */
  readonly token?: string | null | undefined;
  /**
   * Seconds that an attempt may take, from its start to the last byte of the body: above 0, at most 600; `Infinity` for no limit.
   * An attempt that takes longer fails with Timeout, and is retried.
   *
   * @default the client's, which is 5
   * @see contract, "Timeout Configuration"
   */
  readonly timeout?: number | undefined;
  /**
   * Retries after the first attempt, 0 to 10.
   *
   * @default the client's, which is 3
   * @see contract, "Retry Configuration"
   */
  readonly retryAttempts?: number | undefined;
  /**
   * Seconds that the whole call may take, with token, attempts and waits: above 0, at most 600; `Infinity` for no limit. A call
   * that takes longer fails with DeadlineExceeded.
   *
   * @default the client's
   */
  readonly deadline?: number | undefined;
  /** Functions of this call that take part in its retries. @default those of the client, each by itself */
  readonly retry?: RetryHooks | undefined;
  /** Sends a second attempt if the first is slow; `false` turns this off. @default the client's */
  readonly hedging?: HedgingOptions | false | undefined;
  /** `false` sends the request even if the circuit is open; its outcome does not count. @default the client's */
  readonly circuitBreaker?: false | undefined;
  /**
   * Body: a plain object is sent as a form, or as JSON or multipart if its `Content-Type` says so; URLSearchParams as a form; a
   * string, binary data, FormData, Blob or stream unchanged, also those of other packages. A stream can be sent only once; with a
   * function that returns a new one, the call can be retried.
   *
   * @default no body
   */
  readonly data?: RequestData | null | undefined;
  /** Body that is sent as JSON. Not together with `data`. InvalidRequest if JSON cannot express it. @default no body */
  readonly json?: unknown;
  /** Headers of this call. They replace those of the client with the same name; `null` sends none. @default the client's */
  readonly headers?: RequestHeaders | undefined;
  /** Cancels the call, with its attempts and waits: it rejects with RequestCancelled. @default none */
  readonly signal?: AbortSignal | undefined;
  /** Whether the exception for an error response quotes the body, as in the options of the client. @default the client's */
  readonly logErrorBody?: boolean | undefined;
}

/** Options of a call that returns JSON. */
export interface JSONRequestOptions<T> extends RequestOptions {
  /**
   * Validates the response: a Standard Schema, such as those of zod, valibot and arktype. The call returns its output, and fails
   * with ResponseValidationError if the response does not match.
   *
   * @default none
   */
  readonly schema?: StandardSchema<unknown, T> | undefined;
}
