import type { Call } from '../call/call';
import type { RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
import { childTraceparent } from '../context/traceparent';
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
const constantHeaders = new WeakMap<RequestContext, readonly Header[]>();

function headersOf(context: RequestContext): readonly Header[] {
  const known = constantHeaders.get(context);
  if (known) return known;
  const { requestId, tracestate, baggage, headers } = context;
  const all = Object.entries({ 'X-Request-Id': requestId, tracestate, baggage, ...headers });
  const made = all.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value, name.toLowerCase()] as const],
  );
  constantHeaders.set(context, made);
  return made;
}

function addHeaders({ headers }: RequestConfig, context: RequestContext): void {
  for (const [name, value, lowerName] of headersOf(context)) {
    if (findName(headers, lowerName) === undefined) headers[name] = value;
  }
  const { trace } = context;
  if (trace && findName(headers, 'traceparent') === undefined) headers['traceparent'] = childTraceparent(trace);
}

/** A config that is sent again still has the headers of the inbound request at that time. The caller's headers stay. */
function removeHeaders({ headers }: RequestConfig, context: RequestContext): void {
  for (const [, value, lowerName] of headersOf(context)) {
    const present = findName(headers, lowerName);
    if (present !== undefined && headers[present] === value) headers.delete(present);
  }
  const { trace } = context;
  const present = findName(headers, 'traceparent');
  if (trace && present !== undefined && String(headers[present]).includes(`-${trace.id}-`)) headers.delete(present);
}

function endBy(deadline: number, config: RequestConfig, call: Call): void {
  call.endBy(deadline);
  if (call.remaining > 0) return;
  const detail = 'the deadline of the inbound request passed before the call started';
  throw createException('DEADLINE_EXCEEDED', { call, config, sent: 'no', phase: 'connect', detail });
}
