import { inspect } from 'node:util';
import { checkAxiosOptions } from '../checks/axios-options';
import { kindOf } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { checkForwarded, checkHeaderNames } from './forwarded-headers';
import { InboundContext, type RequestContext } from './inbound-context';
import { parseTimeout, TIMEOUT_HEADER } from './timeout-header';

/** Headers as Node represents them, with names in lower case, or a Fetch `Headers` object. */
export type InboundHeaders = NodeHeaders | FetchHeaders;

type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

interface FetchHeaders {
  get(name: string): string | null;
}

/** How the headers of an inbound request become a context. */
export interface ContextOptions {
  /** Names of inbound headers that are forwarded with each call. @default [] */
  readonly forward?: readonly string[] | undefined;
  /**
   * Headers in which the caller sends how long it waits; the shortest time counts. `grpc-timeout` is parsed with its
   * units, every other header as milliseconds. The time is capped at 60 s.
   *
   * @default 'X-Request-Timeout-Ms'
   */
  readonly timeoutHeader?: string | readonly string[] | undefined;
  /** Fires when the caller has disconnected. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the caller belongs to the own services. From others, neither id, trace, baggage, attempt number nor deadline is
   * taken.
   *
   * @default true
   */
  readonly trust?: boolean | undefined;
  /** When the request was received, in milliseconds on the clock of `performance.now()`. @default performance.now() */
  readonly receivedAt?: number | undefined;
  /** Tells the route that serves the request, such as `/orders/:id`; asked only when somebody wants to know. */
  readonly route?: (() => string | undefined) | undefined;
}

const NAMES = new Set(['forward', 'timeoutHeader', 'signal', 'trust', 'receivedAt', 'route']);

/**
 * Creates the context of an inbound request from its headers. Malformed headers are ignored.
 *
 * @throws TypeError if an option is wrong
 */
export function contextFrom(headers: InboundHeaders, options: ContextOptions = {}): RequestContext {
  checkContextOptions(options);
  return fromHeaders(headers, options);
}

/** The same as `contextFrom`, for options that have already been checked. */
export function fromHeaders(headers: InboundHeaders, options: ContextOptions): RequestContext {
  const {
    forward = [],
    timeoutHeader = TIMEOUT_HEADER,
    signal,
    trust = true,
    receivedAt = performance.now(),
    route,
  } = options;
  const read = readerOf(headers);
  const own = { signal, authorization: read('authorization'), route, headers: pick(forward, read) };
  if (!trust) return new InboundContext(own);
  const timeouts = [timeoutHeader].flat().map((name) => parseTimeout(name, read(name)) ?? Infinity);
  const timeout = Math.min(...timeouts);
  return new InboundContext({
    ...own,
    requestId: read('x-request-id'),
    traceparent: read('traceparent'),
    tracestate: read('tracestate'),
    baggage: read('baggage'),
    deadline: timeout === Infinity ? undefined : receivedAt + timeout,
    attempt: parseAttempt(read('x-request-attempt')),
  });
}

/** @throws TypeError if an option is wrong */
export function checkContextOptions(options: ContextOptions): void {
  checkOptions(options);
  checkNames('option of a context', options, NAMES, false);
  const { forward = [], timeoutHeader = TIMEOUT_HEADER, signal, trust = true, receivedAt = 0, route } = options;
  if (!(Array.isArray as (value: unknown) => boolean)(forward)) {
    throw new TypeError(`Option \`forward\` must be a list of header names, got ${inspect(forward)}`);
  }
  const timeoutHeaders = [timeoutHeader].flat();
  checkHeaderNames('timeoutHeader', timeoutHeaders);
  checkForwarded('forward', forward, timeoutHeaders);
  checkAxiosOptions({ signal });
  if (typeof trust !== 'boolean') throw new TypeError(`Option \`trust\` must be true or false, got ${inspect(trust)}`);
  if (typeof receivedAt !== 'number' || Number.isNaN(receivedAt)) {
    throw new TypeError(`Option \`receivedAt\` must be a number of milliseconds, got ${inspect(receivedAt)}`);
  }
  if (route !== undefined && typeof route !== 'function') {
    throw new TypeError(`Option \`route\` must be a function, got ${kindOf(route)}`);
  }
}

type Reader = (name: string) => string | undefined;

function readerOf(headers: InboundHeaders): Reader {
  if (isFetchHeaders(headers)) return (name) => headers.get(name) ?? undefined;
  return (name) => {
    const key = name.toLowerCase();
    const value = Object.hasOwn(headers, key) ? headers[key] : undefined;
    // Joined as Node does it. A header that may occur only once is then malformed, and so ignored.
    return typeof value === 'object' ? value.join(', ') : value;
  };
}

function isFetchHeaders(headers: InboundHeaders): headers is FetchHeaders {
  return typeof headers['get' as never] === 'function';
}

function parseAttempt(text = ''): number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 1;
}

function pick(names: readonly string[], read: Reader): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of names) {
    const value = read(name);
    if (value !== undefined && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) headers[name] = value;
  }
  return headers;
}
