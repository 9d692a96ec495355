import { STATUS_CODES } from 'node:http';
import { inspect } from 'node:util';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { printHeadersSafely } from '../util/printable';
import type { CallFacts } from '../journal/attempt';
import { axios } from '../util/packages';
import { redactHeaders, redactURL } from '../util/redact';
import { decodeText } from './decode-text';
import { findHeader } from './find-header';
import { isParsed } from './parse-body';

/** Makes the exception for a body that is not JSON. */
type JSONFailure = (response: HTTPResponse, text: string, call: CallFacts | undefined, cause: unknown) => Error;

/**
 * A response: an AxiosResponse with the extra members of `requests.Response`.
 *
 * Its own properties are `status` and `data`, so JSON, a spread and a clone of it do not show where it came from. All other
 * members are read by name. `config` and `request` are never printed, because they contain the token.
 */
export class HTTPResponse<T = unknown> implements AxiosResponse<T> {
  /** The HTTP status. */
  readonly status: number;
  /** The body: parsed JSON if the content type is JSON, otherwise text, or the type that `responseType` requests. */
  readonly data: T;

  readonly #response: AxiosResponse<T>;
  readonly #call: CallFacts | undefined;
  readonly #jsonFailure: JSONFailure | undefined;
  readonly #elapsed: number;
  readonly #retries: number;

  /** Made by the client. @param jsonFailure makes the exception for a body that is not JSON; without it, `json` throws a SyntaxError */
  constructor(response: AxiosResponse<T>, call: CallFacts | undefined, jsonFailure?: JSONFailure) {
    const { headers } = response;
    if (!(inspect.custom in Object(headers)) && headers instanceof axios().AxiosHeaders) printHeadersSafely(headers);
    this.status = response.status;
    this.data = response.data;
    this.#response = response;
    this.#call = call;
    this.#jsonFailure = jsonFailure;
    this.#elapsed = call?.elapsed ?? 0;
    this.#retries = call?.retries ?? 0;
    // What interceptors and axios plugins have added, such as `cached`, is read by name, too. Getters may throw, and run when read.
    for (const name of Object.keys(response)) {
      if (name in this) continue;
      Object.defineProperty(this, name, { ...Object.getOwnPropertyDescriptor(response, name), enumerable: false });
    }
  }

  /** The reason phrase, as the server sent it; empty over HTTP/2. */
  get statusText(): string {
    return this.#response.statusText;
  }

  /** Headers, with names in lower case; `get` finds them in any case. */
  get headers(): AxiosResponse['headers'] {
    return this.#response.headers;
  }

  /** Whether the status is below 400. */
  get ok(): boolean {
    return this.status < 400;
  }

  /** Seconds from the start of the call, including retries and waits. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** Whole milliseconds of the last attempt, without interceptors and the reading of a stream, as axios measures them. */
  get duration(): number {
    return this.#response.duration ?? 0;
  }

  /** Retries made. */
  get retries(): number {
    return this.#retries;
  }

  /** The final URL after redirects, without credentials. */
  get url(): string {
    return redactURL(finalURL(this.#response) ?? this.#call?.url ?? this.#response.config.url ?? '');
  }

  /** The axios config of the last attempt. It may hold the token. */
  get config(): InternalAxiosRequestConfig {
    return this.#response.config;
  }

  /** The native request. It may hold the token. */
  get request(): unknown {
    return this.#response.request as unknown;
  }

  /**
   * The body as JSON, whatever its content type.
   *
   * @throws JSONDecodeError if it is empty or not valid JSON
   * @see contract, "Helper Methods (JSON)"
   */
  json(): T {
    const { data } = this;
    const isText = typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer;
    if (!isText || this.#isParsed(data)) return data;
    return this.#parse(typeof data === 'string' ? data : this.#decode(data)) as T;
  }

  #isParsed(data: unknown): boolean {
    const config = this.config as (InternalAxiosRequestConfig & { readonly call?: object }) | null | undefined;
    return isParsed(data, this.#call, config?.call, config);
  }

  #decode(data: Uint8Array | ArrayBuffer): string {
    const config = this.config as InternalAxiosRequestConfig | undefined;
    return decodeText(data, config?.responseEncoding, findHeader(this.headers, 'content-type'));
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text, (this.config as InternalAxiosRequestConfig | undefined)?.parseReviver) as unknown;
    } catch (error) {
      throw this.#jsonFailure?.(this, text, this.#call, error) ?? error;
    }
  }

  /** Status and data. A service that returns the response to its own caller must not show where it came from. */
  toJSON(): {
    /** The HTTP status. */
    readonly status: number;
    /** The body. */
    readonly data: T;
  } {
    const { status, data } = this;
    return { status, data };
  }

  /** What `console.log(response)` prints: no config, no request, and secret headers replaced. @internal */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    // A clone that a library made of the own properties.
    if (!(#response in this)) return `HTTPResponse ${print({ ...(this as object) }, options)}`;
    const { status, url, elapsed, retries, data } = this;
    // The standard reason phrase, because the server's own may repeat a secret.
    const statusText = STATUS_CODES[status] ?? '';
    const headers = redactHeaders(Object.entries(this.headers));
    return `HTTPResponse ${print({ status, statusText, url, elapsed, retries, headers, data }, options)}`;
  }
}

/**
 * The JSON of a response. A value that an interceptor has already unwrapped is returned unchanged.
 *
 * @throws JSONDecodeError if the body is empty or not valid JSON
 */
export function jsonOf<T>(response: HTTPResponse<T> | T): T {
  return response instanceof HTTPResponse ? response.json() : response;
}

// follow-redirects, which axios's own adapter uses, sets the final URL here; our transports do the same.
function finalURL(response: AxiosResponse): string | undefined {
  const request = response.request as { res?: { responseUrl?: string } } | undefined;
  return request?.res?.responseUrl;
}
