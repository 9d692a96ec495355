import { checkBoolean } from '../checks/values';
import { checkFunction, wrongOption } from '../checks/wrong-option';
import { checkAxiosOptions } from '../checks/axios-options';
import { kindOf } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { checkClockTime } from './clock-time';
import { checkForwarded, checkHeaderNames } from './forwarded-headers';
import {
  areHeaders,
  fetchValue,
  inLowerCase,
  isFetchHeaders,
  nodeValue,
  type InboundHeaders,
  type Reader,
} from './inbound-headers';
import { InboundContext, type InboundFacts, type RequestContext } from './inbound-context';
import { unlessInherited } from '../util/own-options';
import { parseTimeout, TIMEOUT_HEADER, timeoutHeaderOf, type TimeoutHeader } from './timeout-header';

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
  /** Fires when the caller has disconnected. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the caller is one of your services. Id, trace, baggage, attempt number and deadline of other callers are ignored.
   *
   * @default true
   */
  readonly trust?: boolean | undefined;
  /** When the request was received, in milliseconds on the clock of `performance.now()`. @default performance.now() */
  readonly receivedAt?: number | undefined;
  /**
   * Returns the route that serves the request, such as `/orders/:id`; called only when the route is read.
   *
   * @default none
   */
  readonly route?: (() => string | undefined) | undefined;
}

const NAMES = new Set(['forward', 'timeoutHeader', 'signal', 'trust', 'receivedAt', 'route']);

/**
 * Creates the context of an inbound request from its headers. Malformed headers are ignored.
 *
 * @throws TypeError if there are no headers, or an option is wrong
 */
export function contextFrom(headers: InboundHeaders, options?: ContextOptions): RequestContext {
  const named = inLowerCase(headers);
  if (options === undefined) return fromHeaders(named, USUAL_SETTINGS, NO_STATE);
  const own = unlessInherited(options, NAMES);
  checkContextOptions(own);
  const { forward, timeoutHeader } = own;
  const isUsual = forward === undefined && timeoutHeader === undefined;
  return fromHeaders(named, isUsual ? USUAL_SETTINGS : contextSettings(own), own);
}

/** Which headers a context is read from: the same for all requests. */
export interface ContextSettings {
  readonly forward: readonly HeaderName[];
  readonly timeoutHeaders: readonly TimeoutHeader[];
}

interface HeaderName {
  readonly name: string;
  readonly lowerName: string;
}

/** What is known of the request in addition to its headers. */
type InboundState = Pick<InboundFacts, 'signal' | 'route'> & Pick<ContextOptions, 'receivedAt' | 'trust'>;

/** @param options already checked */
export function contextSettings({ forward = [], timeoutHeader = TIMEOUT_HEADER }: ContextOptions): ContextSettings {
  return {
    forward: forward.map((name) => ({ name, lowerName: name.toLowerCase() })),
    timeoutHeaders: [timeoutHeader].flat().map(timeoutHeaderOf),
  };
}

const USUAL_SETTINGS = contextSettings({});
/** Without a prototype, which may be polluted. */
const NO_STATE = Object.freeze(Object.create(null)) as InboundState;

/** The same as `contextFrom`, for options that have already been checked, and names in lower case. */
export function fromHeaders(headers: InboundHeaders, settings: ContextSettings, state: InboundState): RequestContext {
  if (!areHeaders(headers)) {
    throw new TypeError(`Headers must be an object, such as \`request.headers\`, got ${kindOf(headers)}`);
  }
  return isFetchHeaders(headers)
    ? readContext(headers, fetchValue, settings, state)
    : readContext(headers, nodeValue, settings, state);
}

function readContext<Headers>(
  headers: Headers,
  read: Reader<Headers>,
  { forward, timeoutHeaders }: ContextSettings,
  { signal, route, receivedAt, trust = true }: InboundState,
): RequestContext {
  const authorization = read(headers, 'authorization');
  const forwarded = forward.length === 0 ? undefined : pick(forward, headers, read);
  if (!trust) return new InboundContext({ signal, authorization, route, headers: forwarded });
  const timeout = shortest(timeoutHeaders, headers, read);
  return new InboundContext({
    requestId: read(headers, 'x-request-id'),
    traceparent: read(headers, 'traceparent'),
    tracestate: read(headers, 'tracestate'),
    baggage: read(headers, 'baggage'),
    deadline: timeout === Infinity ? undefined : (receivedAt ?? performance.now()) + timeout,
    attempt: parseAttempt(read(headers, 'x-request-attempt')),
    signal,
    authorization,
    route,
    headers: forwarded,
  });
}

/** @throws TypeError if an option is wrong */
export function checkContextOptions(options: ContextOptions): void {
  checkOptions(options);
  checkNames('option of a context', options, NAMES, false);
  const { forward, timeoutHeader, signal, trust = true, receivedAt, route } = options;
  // Each inbound request pays for what is checked here.
  if (forward !== undefined || timeoutHeader !== undefined) checkHeaderOptions(forward, timeoutHeader);
  if (signal !== undefined) checkAxiosOptions({ signal });
  if (typeof trust !== 'boolean') checkBoolean('trust', trust);
  if (receivedAt !== undefined) checkClockTime('receivedAt', receivedAt);
  if (route !== undefined) checkFunction('route', route);
}

function checkHeaderOptions(
  forward: unknown = [],
  timeoutHeader: ContextOptions['timeoutHeader'] = TIMEOUT_HEADER,
): void {
  if (!Array.isArray(forward)) {
    throw wrongOption('forward', 'be a list of header names', kindOf(forward));
  }
  const timeoutHeaders = [timeoutHeader].flat();
  checkHeaderNames('timeoutHeader', timeoutHeaders);
  checkForwarded('forward', forward, timeoutHeaders);
}

function shortest<Headers>(names: readonly TimeoutHeader[], headers: Headers, read: Reader<Headers>): number {
  let timeout = Infinity;
  for (const header of names) {
    timeout = Math.min(timeout, parseTimeout(header, read(headers, header.lowerName)) ?? Infinity);
  }
  return timeout;
}

function parseAttempt(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 1;
}

function pick<Headers>(
  names: readonly HeaderName[],
  headers: Headers,
  read: Reader<Headers>,
): Readonly<Record<string, string>> {
  const picked: Record<string, string> = {};
  for (const { name, lowerName } of names) {
    const value = read(headers, lowerName);
    if (value !== undefined && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) picked[name] = value;
  }
  return picked;
}
