/*
 * RequestException            every failure of a call
 * ├─ ConnectionError          refused, reset, DNS, hang-up, body cut short
 * │  └─ SSLError              certificate or TLS failure
 * ├─ Timeout                  the attempt's clock ran out
 * │  └─ DeadlineExceeded      the call's clock ran out
 * ├─ HTTPError                4xx or 5xx
 * ├─ TooManyRedirects
 * ├─ ContentDecodingError     the body is not what its Content-Encoding says
 * ├─ ResponseTooLarge
 * ├─ InvalidRequest           URL, header or body that cannot be sent
 * ├─ JSONDecodeError          not JSON, or empty
 * ├─ ResponseValidationError  the answer does not match the schema
 * ├─ TokenError               no token could be had
 * └─ RequestCancelled         the caller's signal
 */
import type { Phase } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import type { SchemaIssue } from '../response/standard-schema';
import { parseProblem, type Problem } from './problem';
import { RequestException, type ExceptionFacts } from './request-exception';

export { RequestException } from './request-exception';
export type { ExceptionFacts } from './request-exception';

/** No connection, or one that broke before the whole answer was here. @see contract, "Exception Types" */
export class ConnectionError extends RequestException {
  /** How far the attempt got. */
  readonly phase: Phase;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.phase = facts.phase ?? 'connect';
  }
}

/** The other side's certificate is not to be trusted, or TLS could not be set up. Never retried. */
export class SSLError extends ConnectionError {}

/** The attempt's clock ran out. @see contract, "Timeout Behavior" */
export class Timeout extends RequestException {
  /** How far the attempt got. */
  readonly phase: Phase;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.phase = facts.phase ?? 'connect';
  }
}

/** The call's clock ran out: `deadline`, or a timeout signal of the caller's. `cause` is the last real failure. */
export class DeadlineExceeded extends Timeout {}

/** The other service answered with a 4xx or 5xx. @see contract, "Exception Types" */
export class HTTPError extends RequestException {
  declare readonly status: number;
  declare readonly response: HTTPResponse;
  #problem: Problem | null | undefined;

  constructor(facts: ExceptionFacts) {
    super(facts);
    if (facts.response) this.status = facts.response.status;
  }

  /** The body, where it is an RFC 9457 problem document. */
  get problem(): Problem | undefined {
    this.#problem ??= parseProblem(this.response) ?? null;
    return this.#problem ?? undefined;
  }
}

/** More redirects than `maxRedirects` allows. */
export class TooManyRedirects extends RequestException {}

/** The body is not what its Content-Encoding says. */
export class ContentDecodingError extends RequestException {}

/** The body is larger than `maxResponseSize`. */
export class ResponseTooLarge extends RequestException {}

/** The URL, a header or the body cannot be sent. */
export class InvalidRequest extends RequestException {}

/** The body is empty or no JSON. @see contract, "Helper Methods (JSON)": its ValueError */
export class JSONDecodeError extends RequestException {
  declare readonly response: HTTPResponse;
  /** Offset of the first character that is not JSON. */
  readonly position: number;

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.position = facts.position ?? 0;
  }
}

/** The answer is not what the `schema` of the call says. */
export class ResponseValidationError extends RequestException {
  /** Absent where an interceptor had unwrapped the answer. */
  declare readonly response?: HTTPResponse;
  readonly #issues: readonly SchemaIssue[];

  constructor(facts: ExceptionFacts) {
    super(facts);
    this.#issues = facts.issues ?? [];
  }

  /** What is wrong, in the schema's own words. They may quote the answer, so they take part in no printing. */
  get issues(): readonly SchemaIssue[] {
    return this.#issues;
  }
}

/** No token could be had, so nothing was sent. */
export class TokenError extends RequestException {}

/** The caller's signal ended the call. */
export class RequestCancelled extends RequestException {}
