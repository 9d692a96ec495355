import type { ErrorCode } from '../errors/codes';
import type { RequestException } from '../errors/exceptions';
import type { Phase, Sent } from '../journal/attempt';
import { findName, sizeOf } from '../util/header-names';
import { printAs } from '../util/printable';
import { redactHeader, redactHeaders, redactText } from '../util/redact';

/** What a response view shows. */
export interface ResponseSource {
  readonly status: number;
  readonly headers?: object | undefined;
}

/** What subscribers see of a response. */
export class ResponseView {
  readonly #status: number;
  readonly #headers: object;

  constructor({ status, headers = {} }: ResponseSource) {
    this.#status = status;
    this.#headers = headers;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'ResponseView', ({ status, headers }: ResponseView) => ({ status, headers }));
  }

  /** The HTTP status. */
  get status(): number {
    return this.#status;
  }

  /** Characters of all headers. */
  get size(): number {
    return sizeOf(this.#headers);
  }

  /** Names in lower case, and values; those of secret headers are replaced. */
  get headers(): Readonly<Record<string, unknown>> {
    return redactHeaders(Object.entries(this.#headers));
  }

  /** The value of one header, in any case of its name; that of a secret header is replaced. */
  header(name: string): unknown {
    const headers = this.#headers;
    const present = findName(headers, name.toLowerCase());
    return present === undefined ? undefined : redactHeader(present, (headers as Record<string, unknown>)[present]);
  }
}

/** What subscribers see of a failure. */
export class ErrorView {
  readonly #error: RequestException;

  constructor(error: RequestException) {
    this.#error = error;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'ErrorView', describe);
  }

  /** Class of the exception, such as `Timeout`. */
  get name(): string {
    return this.#error.name;
  }

  /** A key of {@link ERROR_CODES}. */
  get code(): ErrorCode {
    return this.#error.code;
  }

  /** Names the request, without secrets. */
  get message(): string {
    return this.#error.message;
  }

  /** Status of the response, if one led to the failure. */
  get status(): number | undefined {
    return this.#error.status;
  }

  /** How far the last attempt got. */
  get phase(): Phase | undefined {
    return (this.#error as { readonly phase?: Phase }).phase;
  }

  /** Whether a server has received the request of the last attempt. */
  get sent(): Sent {
    return this.#error.sent;
  }

  /** Whether a retry may succeed after this kind of failure. */
  get retryable(): boolean {
    return this.#error.retryable;
  }

  /** The cause, in one line. */
  get cause(): string | undefined {
    const { cause } = this.#error;
    return cause instanceof Error ? `${cause.name}: ${redactText(cause.message)}` : undefined;
  }

  /** Name, message, the caller's frames and the journal. */
  get stack(): string {
    return this.#error.stack ?? '';
  }
}

function describe({ name, code, message, status, phase, sent, retryable, cause }: ErrorView): object {
  return { name, code, message, status, phase, sent, retryable, cause };
}
