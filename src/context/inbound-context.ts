import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { kindOfSecret } from '../checks/kind-of';
import { checkFunction, wrongOption } from '../checks/wrong-option';
import { checkAxiosOptions } from '../checks/axios-options';
import { checkHeaders } from '../checks/headers';
import { checkNames, checkOptions } from '../checks/names';
import { unlessInherited } from '../util/own-options';
import { checkInteger } from '../checks/values';
import { LazySignal } from '../util/lazy-signal';
import { checkClockTime } from './clock-time';
import { checkForwarded } from './forwarded-headers';
import {
  boundBaggage,
  boundTracestate,
  formatTraceparent,
  forwardedTraceparent,
  parseTraceparent,
  type Trace,
} from './traceparent';

/** What an inbound request passes on to the calls that are made while it is served. */
export interface RequestContext {
  /** The same in every service that the request reaches. */
  readonly requestId: string;
  /** From `traceparent`; `undefined` without a valid one. */
  readonly trace: Trace | undefined;
  /** What tracing vendors pass on, as in the header of the same name. */
  readonly tracestate: string | undefined;
  /** Values that the application passes on, as in the header of the same name. @see W3C Baggage */
  readonly baggage: string | undefined;
  /** When the caller stops waiting, in milliseconds on the monotonic clock of `performance.now()`. */
  readonly deadline: number | undefined;
  /** Fires when the caller has disconnected. */
  readonly signal: AbortSignal | undefined;
  /** 1 for the caller's first attempt, 2 for its first retry. */
  readonly attempt: number;
  /** The inbound `Authorization` header. It is not forwarded, and logs and JSON leave it out. */
  readonly authorization: string | undefined;
  /** The route that serves the request, such as `/orders/:id`; `undefined` until the framework knows it, and outside of one. */
  readonly route: string | undefined;
  /** The headers that the service chose to forward. Logs and JSON leave them out. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The fields of a context that is created by hand, not from inbound headers. */
export interface ContextFacts {
  /** Visible ASCII, at most 128 characters. @default a random UUID */
  readonly requestId?: string | undefined;
  /** As in the header of the same name; ignored if it is not valid. */
  readonly traceparent?: string | undefined;
  /** As in the header of the same name; ignored without a valid `traceparent`. */
  readonly tracestate?: string | undefined;
  /** As in the header of the same name. */
  readonly baggage?: string | undefined;
  /** When the caller stops waiting, in milliseconds on the clock of `performance.now()`. */
  readonly deadline?: number | undefined;
  /** Cancels the calls of this context, such as when the caller has disconnected. */
  readonly signal?: AbortSignal | undefined;
  /** 2 for the caller's first retry. @default 1 */
  readonly attempt?: number | undefined;
  /** The inbound `Authorization` header, from which `inboundToken` reads the token. */
  readonly authorization?: string | undefined;
  /** Returns the route that serves the request, such as `/orders/:id`; called only when the route is read. */
  readonly route?: (() => string | undefined) | undefined;
  /** Sent with each call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const NAMES = new Set([
  'requestId', 'traceparent', 'tracestate', 'baggage', 'deadline', 'signal', 'attempt', 'authorization', 'route', 'headers',
]); // prettier-ignore

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;
const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** Shared by every copy of this package in a process. */
const BRAND = Symbol.for('@hdms/http-client/request-context');

/** What this package makes a context from. */
export interface InboundFacts extends Omit<ContextFacts, 'signal'> {
  readonly signal?: AbortSignal | LazySignal | undefined;
}

/** A context from facts whose types are already known to be right. */
export class InboundContext implements RequestContext {
  readonly requestId: string;
  readonly tracestate: string | undefined;
  readonly baggage: string | undefined;
  readonly deadline: number | undefined;
  readonly attempt: number;
  readonly #traceparent: string | undefined;
  readonly #signal: AbortSignal | LazySignal | undefined;
  readonly #authorization: string | undefined;
  readonly #route: (() => string | undefined) | undefined;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(facts: InboundFacts) {
    const { requestId, attempt } = facts;
    this.requestId = requestId !== undefined && REQUEST_ID.test(requestId) ? requestId : randomUUID();
    this.#traceparent = forwardedTraceparent(facts.traceparent);
    // A tracestate is not valid without a traceparent. @see W3C Trace Context, section 3.3
    this.tracestate = this.#traceparent === undefined ? undefined : boundTracestate(facts.tracestate);
    this.baggage = boundBaggage(facts.baggage);
    this.deadline = facts.deadline;
    this.attempt = attempt ?? 1;
    this.#signal = facts.signal;
    this.#authorization = facts.authorization;
    this.#route = facts.route;
    this.#headers = facts.headers ?? NO_HEADERS;
  }

  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** The signal of a context, which is not made for it. Another copy of this package may have made the context. */
  static cancellationOf(context: RequestContext): AbortSignal | LazySignal | undefined {
    return #signal in context ? context.#signal : context.signal;
  }

  /** The `traceparent` of the calls in a context. */
  static traceparentOf(context: RequestContext): string | undefined {
    return #traceparent in context ? context.#traceparent : context.trace && formatTraceparent(context.trace);
  }

  get trace(): Trace | undefined {
    return parseTraceparent(this.#traceparent);
  }

  get signal(): AbortSignal | undefined {
    return this.#signal instanceof LazySignal ? this.#signal.signal : this.#signal;
  }

  get authorization(): string | undefined {
    return this.#authorization;
  }

  get route(): string | undefined {
    try {
      return this.#route?.();
    } catch {
      // Nobody who asks can do anything about it, and a call must not fail for it.
      return undefined;
    }
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** Logging a call logs its context too. */
  toJSON(): Record<string, unknown> {
    const { requestId, trace, attempt, deadline } = this;
    const remaining = deadline === undefined ? undefined : Math.round(deadline - performance.now());
    return { requestId, trace: trace?.id, attempt, remaining };
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return `RequestContext ${print(this.toJSON(), options)}`;
  }
}

/** @throws TypeError or RangeError that names the invalid fact */
export function fromFacts(given: ContextFacts | RequestContext): RequestContext {
  checkOptions(given);
  if (isContext(given)) return given;
  const facts = unlessInherited(given, NAMES);
  checkNames('fact of a context', facts, NAMES, false);
  const { deadline, attempt = 1, headers, signal, route } = facts;
  if (deadline !== undefined) checkClockTime('deadline', deadline);
  if (route !== undefined) checkFunction('route', route);
  checkInteger('attempt', attempt, 1, Number.MAX_SAFE_INTEGER);
  checkAxiosOptions({ signal });
  checkHeaders(headers);
  for (const name of ['requestId', 'traceparent', 'tracestate', 'baggage', 'authorization'] as const) {
    if (typeof (facts[name] ?? '') !== 'string') throw wrongOption(name, 'be a string', kindOfSecret(facts[name]));
  }
  checkForwarded('headers', Object.keys(headers ?? {}));
  return new InboundContext(facts);
}

function isContext(value: object): value is RequestContext {
  return BRAND in value;
}
