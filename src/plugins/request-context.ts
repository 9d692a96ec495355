import type { Call } from '../call/call';
import type { RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
import { formatTraceparent } from '../context/traceparent';
import { createException } from '../errors/create';
import { findName } from '../util/header-names';
import type { CallPlugin, RequestConfig } from './plugin';

/**
 * Ties a call to the inbound request: the call sends its id and trace, ends by its deadline, and is cancelled with it.
 * The caller's headers are never overwritten. A call fails with DeadlineExceeded if that deadline has already passed.
 *
 * @see W3C Trace Context, section 3.2; W3C Baggage
 */
export function requestContext(): CallPlugin {
  return { name: 'request-context', request: joinContext };
}

function joinContext(config: RequestConfig, call: Call): undefined {
  const context = currentContext();
  const before = call.previous?.context;
  if (before && before !== context) removeHeaders(config, before);
  if (context === undefined) return;
  call.context = context;
  if (context.deadline !== undefined) endBy(context.deadline, config, call);
  addHeaders(config, context);
}

type Header = readonly [name: string, value: string, lowerName: string];

/** The headers that are the same for every call in a context. */
interface ContextHeaders {
  /** The trace. Together, because a `tracestate` has no meaning beside another `traceparent`. */
  readonly trace: readonly Header[];
  readonly others: readonly Header[];
}

const constantHeaders = new WeakMap<RequestContext, ContextHeaders>();

function headersOf(context: RequestContext): ContextHeaders {
  const known = constantHeaders.get(context);
  if (known) return known;
  const { requestId, trace, tracestate, baggage, headers } = context;
  const made = {
    trace: trace ? present({ traceparent: formatTraceparent(trace), tracestate }) : [],
    others: present({ 'X-Request-Id': requestId, baggage, ...headers }),
  };
  constantHeaders.set(context, made);
  return made;
}

function present(headers: Readonly<Record<string, string | undefined>>): Header[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value, name.toLowerCase()] as const],
  );
}

function addHeaders({ headers }: RequestConfig, context: RequestContext): void {
  const { trace, others } = headersOf(context);
  addMissing(headers, others);
  if (trace.length > 0 && findName(headers, 'traceparent') === undefined) addMissing(headers, trace);
}

function addMissing(headers: RequestConfig['headers'], added: readonly Header[]): void {
  for (const [name, value, lowerName] of added) {
    if (findName(headers, lowerName) === undefined) headers[name] = value;
  }
}

/** A config that is sent again still has the headers of the inbound request at that time. The caller's headers stay. */
function removeHeaders({ headers }: RequestConfig, context: RequestContext): void {
  const { trace, others } = headersOf(context);
  for (const [, value, lowerName] of [...trace, ...others]) {
    const name = findName(headers, lowerName);
    if (name !== undefined && headers[name] === value) headers.delete(name);
  }
}

function endBy(deadline: number, config: RequestConfig, call: Call): void {
  call.endBy(deadline);
  if (call.remaining > 0) return;
  const detail = 'the deadline of the inbound request passed before the call started';
  throw createException('DEADLINE_EXCEEDED', { call, config, sent: 'no', phase: 'connect', detail });
}
