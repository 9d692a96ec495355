/*
 * RequestException            every failure of a call
 * ├─ ConnectionError          refused, reset, closed, DNS failure, truncated body
 * │  └─ SSLError              certificate or TLS failure
 * ├─ Timeout                  the attempt exceeded its timeout
 * │  └─ DeadlineExceeded      the call exceeded its deadline
 * ├─ HTTPError                4xx or 5xx
 * ├─ TooManyRedirects
 * ├─ ContentDecodingError     the body does not match its Content-Encoding
 * ├─ ResponseTooLarge
 * ├─ InvalidRequest           URL, header or body that cannot be sent
 * ├─ JSONDecodeError          not JSON, or empty
 * ├─ ResponseValidationError  the response does not match the schema
 * ├─ TokenError               no valid token was available
 * ├─ CallNotPermitted         this service holds its calls to the upstream back: nothing was sent
 * └─ RequestCancelled         the caller's signal fired
 */
import type { Phase } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import type { SchemaIssue } from '../response/standard-schema';
import { parseProblem, type Problem } from './problem';
import { nameClass } from './class-name';
import type { ExceptionFacts } from './exception-facts';
import { RequestException } from './request-exception';

export { RequestException } from './request-exception';

/** The connection failed, or broke before the whole response had arrived. @see contract, "Exception Types" */
export class ConnectionError extends RequestException {
  static {
    nameClass(this, 'ConnectionError');
  }

  /** How far the attempt got. */
  readonly phase: Phase;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.phase = facts.phase ?? 'connect';
  }
}

/** The server's certificate is not trusted, or the TLS handshake failed. Never retried. */
export class SSLError extends ConnectionError {
  static {
    nameClass(this, 'SSLError');
  }
}

/** The attempt took longer than its `timeout`. @see contract, "Timeout Behavior" */
export class Timeout extends RequestException {
  static {
    nameClass(this, 'Timeout');
  }

  /** How far the attempt got. */
  readonly phase: Phase;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.phase = facts.phase ?? 'connect';
  }
}

/** The call exceeded its `deadline`, or the caller's timeout signal fired. `cause` is the last real failure. */
export class DeadlineExceeded extends Timeout {
  static {
    nameClass(this, 'DeadlineExceeded');
  }
}

/** The server responded with a 4xx or 5xx. @see contract, "Exception Types" */
export class HTTPError extends RequestException {
  static {
    nameClass(this, 'HTTPError');
  }

  /** From 400 to 599, or what `validateStatus` refused. */
  declare readonly status: number;
  /** The response, with its headers and body. Logs and JSON leave it out. */
  declare readonly response: HTTPResponse;
  #problem: Problem | null | undefined;

  constructor(facts: ExceptionFacts) {
    super(facts);
    if (facts.response) this.status = facts.response.status;
  }

  /** The body, if it is an RFC 9457 problem document. */
  get problem(): Problem | undefined {
    this.#problem ??= parseProblem(this.response) ?? null;
    return this.#problem ?? undefined;
  }
}

/** More redirects than `maxRedirects` allows. */
export class TooManyRedirects extends RequestException {
  static {
    nameClass(this, 'TooManyRedirects');
  }
}

/** The body does not match its Content-Encoding. */
export class ContentDecodingError extends RequestException {
  static {
    nameClass(this, 'ContentDecodingError');
  }
}

/** The body is larger than `maxResponseSize`. */
export class ResponseTooLarge extends RequestException {
  static {
    nameClass(this, 'ResponseTooLarge');
  }
}

/** The request cannot be sent because its URL, a header, the body or an option is invalid, or a redirect is refused. */
export class InvalidRequest extends RequestException {
  static {
    nameClass(this, 'InvalidRequest');
  }
}

/** The body is empty or not valid JSON. The contract's ValueError. @see contract, "Helper Methods (JSON)" */
export class JSONDecodeError extends RequestException {
  static {
    nameClass(this, 'JSONDecodeError');
  }

  /** The response, with its headers and the body as text. Logs and JSON leave it out. */
  declare readonly response: HTTPResponse;
  /** Offset of the first character that is not JSON. */
  readonly position: number;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.position = facts.position ?? 0;
  }
}

/** The response does not match the `schema` of the call. */
export class ResponseValidationError extends RequestException {
  static {
    nameClass(this, 'ResponseValidationError');
  }

  /** Absent if an interceptor has replaced the response with its data. */
  declare readonly response?: HTTPResponse;
  readonly #issues: readonly SchemaIssue[];

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.#issues = facts.issues ?? [];
  }

  /** The issues as the schema reports them. They may quote the response, so logs and JSON leave them out. */
  get issues(): readonly SchemaIssue[] {
    return this.#issues;
  }
}

/** No valid token was available, so the request was not sent. */
export class TokenError extends RequestException {
  static {
    nameClass(this, 'TokenError');
  }
}

/**
 * The client did not send the request, to spare the upstream or to keep a limit: the circuit is open, the queue is full, the
 * upstream has asked for a pause, or the rate is used up. `retryAfter` says when another call may pass.
 */
export class CallNotPermitted extends RequestException {
  static {
    nameClass(this, 'CallNotPermitted');
  }
}

/** The caller's signal ended the call. */
export class RequestCancelled extends RequestException {
  static {
    nameClass(this, 'RequestCancelled');
  }
}
