import { STATUS_CODES } from 'node:http';
import { inspect } from 'node:util';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { createException } from '../errors/create';
import { redactHeaders, redactURL } from '../util/redact';
import { findJSONError } from './json-error';

/**
 * An answer: an AxiosResponse, and what `requests.Response` has beside.
 *
 * `config` and `request` are reached by name only and take part in no printing, for they hold the token.
 */
export class HTTPResponse<T = unknown> implements AxiosResponse<T> {
  readonly status: number;
  readonly statusText: string;
  readonly headers: AxiosResponse['headers'];
  /** The body: parsed where the content type is JSON, text otherwise, or what `responseType` asks for. */
  readonly data: T;
  /** Whether the status is below 400. */
  readonly ok: boolean;
  /** Seconds from the beginning of the call, retries and waits included. */
  readonly elapsed: number;
  /** Retries made. */
  readonly retries: number;

  readonly #response: AxiosResponse<T>;
  readonly #call: Call | undefined;

  constructor(response: AxiosResponse<T>, call: Call | undefined) {
    this.status = response.status;
    this.statusText = response.statusText;
    this.headers = response.headers;
    this.data = response.data;
    this.ok = response.status < 400;
    this.elapsed = call?.elapsed ?? 0;
    this.retries = call?.retries ?? 0;
    this.#response = response;
    this.#call = call;
  }

  /** Where the answer came from, after redirects; without credentials. */
  get url(): string {
    return redactURL(finalURL(this.#response) ?? this.#call?.url ?? this.#response.config.url ?? '');
  }

  get config(): InternalAxiosRequestConfig {
    return this.#response.config;
  }

  get request(): unknown {
    return this.#response.request as unknown;
  }

  /**
   * The body as JSON, whatever its content type.
   *
   * @throws JSONDecodeError if it is empty or no JSON
   * @see contract, "Helper Methods (JSON)"
   */
  json(): T {
    const { data } = this;
    const isText = typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer;
    if (!isText || this.#call?.parsed === data) return data;
    return this.#parse(typeof data === 'string' ? data : new TextDecoder().decode(data)) as T;
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      const position = findJSONError(text);
      const empty = text.trim() === '';
      const type = String(this.headers['content-type'] ?? 'no content type');
      const detail = empty
        ? `the body of the ${this.status} is empty where JSON was expected`
        : `the body of the ${this.status} (${type}) is no JSON at character ${position} of ${text.length}`;
      throw createException(empty ? 'JSON_EMPTY' : 'JSON_INVALID', {
        call: this.#call,
        config: this.config,
        response: this,
        position,
        detail,
      });
    }
  }

  toJSON(): Record<string, unknown> {
    const { status, url, elapsed, retries, data } = this;
    // The standard's words: those of the answer are the other side's, and may repeat a secret.
    const statusText = STATUS_CODES[status] ?? '';
    return { status, statusText, url, elapsed, retries, headers: redactHeaders(Object.entries(this.headers)), data };
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return `HTTPResponse ${print(this.toJSON(), options)}`;
  }
}

/** What the caller gets: an answer of ours, or whatever an interceptor of the user's made of it. */
export function toHTTPResponse<T>(outcome: unknown, call: Call): HTTPResponse<T> {
  return isAnswer(outcome, call)
    ? new HTTPResponse<T>(outcome as AxiosResponse<T>, call)
    : (outcome as HTTPResponse<T>);
}

function isAnswer(outcome: unknown, call: Call): boolean {
  if (typeof outcome !== 'object' || outcome === null) return false;
  if ((outcome as Partial<AxiosResponse>).config?.call === call) return true;
  return ['status', 'headers', 'config', 'data'].every((name) => name in outcome);
}

/** The JSON of an answer; what an interceptor has unwrapped already stays as it is. */
export function jsonOf<T>(response: HTTPResponse<T> | T): T {
  return response instanceof HTTPResponse ? response.json() : response;
}

// follow-redirects, and so axios's own adapter, put the final URL there; our transports do the same.
function finalURL(response: AxiosResponse): string | undefined {
  const request = response.request as { res?: { responseUrl?: string } } | undefined;
  return request?.res?.responseUrl;
}
