import { inspect } from 'node:util';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Attempt, Phase, Sent } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import { addedFields } from './added-fields';
import { AxiosError } from './axios-error';
import { classNameOf, nameClass } from './class-name';
import type { ErrorCode } from './codes';
import type { ExceptionFacts } from './exception-facts';
import { printException, tellStory } from './print';
import { printQuotes, quotesOf } from './quote';
import { requestIdOf } from './request-id';
import { LazyStack } from '../stack/lazy-stack';
import { redactURL } from '../util/redact';
import { withoutUndefined } from '../util/without-undefined';

/**
 * Base class of every failure of a call. It extends AxiosError, so existing handlers keep working.
 *
 * Its own properties are safe to log. `config`, `request` and `response` may hold secrets: they can be read by name,
 * but logs and JSON leave them out.
 *
 * @see contract, "Exception Types" and "Error Response Format"
 */
export class RequestException extends AxiosError {
  /** What went wrong: a key of {@link ERROR_CODES}. */
  declare readonly code: ErrorCode;
  /** In upper case; empty if an interceptor failed before the request was known. */
  readonly method: string;
  /** Without credentials. */
  readonly url: string;
  /** Whether a retry may succeed after this kind of failure. */
  readonly retryable: boolean;
  /**
   * Whether a server has received the request of the last attempt: `no` if nothing was written, `maybe` if a connection was
   * open, `yes` once a response has arrived. A redirect is a response, whatever happens to the request that follows it.
   */
  readonly sent: Sent;
  /** Number of retries made. */
  readonly retries: number;
  /** Seconds that the whole call took. */
  readonly elapsed: number;
  /** The journal: each attempt, and what was decided after it. */
  declare readonly attempts: readonly Attempt[];
  /** Seconds that the server asked to wait. @see RFC 9110, section 10.2.3 */
  declare readonly retryAfter?: number;
  /** The `X-Request-Id` that the call sent. */
  declare readonly requestId?: string;
  /** Name, code and message, the number of attempts and their time, the caller's frames, and the journal. */
  declare stack?: string;

  readonly #stack: LazyStack;
  readonly #attempts: readonly Attempt[];
  #isCause = false;
  #told: unknown;
  #config: InternalAxiosRequestConfig | undefined;
  #request: unknown;
  #response: HTTPResponse | undefined;

  constructor(facts: ExceptionFacts) {
    super(facts.message, facts.code);
    this.name = classNameOf(new.target);
    const { call } = facts;
    this.method = call?.method ?? '';
    this.url = redactURL(call?.url ?? '');
    this.retryable = facts.retryable;
    this.sent = facts.sent;
    this.retries = call?.retries ?? 0;
    this.elapsed = call?.elapsed ?? 0;
    this.#attempts = call?.attempts ?? [];
    this.#stack = new LazyStack(new.target);
    Object.defineProperties(this, RequestException.#ownProperties);
    if (facts.retryAfter !== undefined) this.retryAfter = facts.retryAfter;
    const requestId = requestIdOf(facts);
    if (requestId !== undefined) this.requestId = requestId;
    this.#config = facts.config;
    this.#request = facts.request;
    this.#response = facts.response;
    if (facts.cause !== undefined) this.#explain(facts.cause);
  }

  #explain(cause: unknown): void {
    // Not enumerable, as the `cause` of any Error.
    Object.defineProperty(this, 'cause', { value: cause, writable: true, configurable: true });
    if (typeof cause !== 'object' || cause === null || !(#isCause in cause)) return;
    // The journal of a call is printed once.
    if (cause.#attempts === this.#attempts) cause.#isCause = true;
  }

  #tell(): unknown {
    const { replacement, frames } = this.#stack;
    return replacement ? replacement.value : tellStory(this, frames, this.#isCause, printQuotes(quotesOf(this)));
  }

  // Jest copies the properties of an exception in a failed test to another object, and reads them there.
  static readonly #ownProperties: PropertyDescriptorMap = {
    // An uncaught error would print it.
    isAxiosError: { enumerable: false },
    // Put together when it is read, because the journal goes on after most failures.
    stack: {
      get(this: RequestException) {
        return #told in this ? (this.#told = this.#tell()) : undefined;
      },
      set(this: RequestException, value: unknown) {
        // What is appended was appended to the stack as it was read last.
        this.#stack.write(value, this.#told);
      },
      configurable: true,
    },
    // An uncaught error would print all of it below the same journal as a table. Loggers read it like any property.
    attempts: {
      get(this: RequestException) {
        return #attempts in this ? this.#attempts : [];
      },
      enumerable: true,
      configurable: true,
    },
  };

  static {
    nameClass(this, 'RequestException');
    // AxiosError has these as plain properties, which a log would show. Plugins write to `config`.
    Object.defineProperties(this.prototype, {
      config: {
        get(this: RequestException) {
          return this.#config;
        },
        set(this: RequestException, config: InternalAxiosRequestConfig | undefined) {
          this.#config = config;
        },
      },
      request: {
        get(this: RequestException) {
          return this.#request;
        },
        set(this: RequestException, request: unknown) {
          this.#request = request;
        },
      },
      response: {
        get(this: RequestException) {
          return this.#response;
        },
        set(this: RequestException, response: HTTPResponse | undefined) {
          this.#response = response;
        },
      },
      toJSON: { value: toJSON, writable: true, configurable: true },
    });
  }

  /** What `console.error(error)` prints: `stack` and the remaining facts, without secrets. @internal */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return printException(this, (value) => print(value, options));
  }
}

function toJSON(this: RequestException): Record<string, unknown> {
  const { name, message, code, method, url, status, retryable, sent, retries, elapsed, retryAfter } = this;
  const { attempts, requestId } = this;
  const { phase, position } = this as { readonly phase?: Phase; readonly position?: number };
  const facts = {
    code,
    method,
    url,
    requestId,
    status,
    phase,
    sent,
    retryable,
    retries,
    elapsed,
    retryAfter,
    position,
  };
  return withoutUndefined({ name, message, ...facts, ...quotesOf(this), attempts, ...addedFields(this) });
}
