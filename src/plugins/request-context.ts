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

function othersOf({ requestId, baggage, headers }: RequestContext): Header[] {
  const others: Header[] = [['X-Request-Id', requestId, 'x-request-id']];
  if (baggage !== undefined) others.push(['baggage', baggage, 'baggage']);
  for (const name of Object.keys(headers)) others.push([name, String(headers[name]), name.toLowerCase()]);
  return others;
}

/** Apart, because a `tracestate` has no meaning beside another `traceparent`. */
function traceOf({ trace, tracestate }: RequestContext): Header[] {
  if (!trace) return [];
  const headers: Header[] = [['traceparent', formatTraceparent(trace), 'traceparent']];
  if (tracestate !== undefined) headers.push(['tracestate', tracestate, 'tracestate']);
  return headers;
}

function addHeaders({ headers }: RequestConfig, context: RequestContext): void {
  addMissing(headers, othersOf(context));
  if (context.trace && findName(headers, 'traceparent') === undefined) addMissing(headers, traceOf(context));
}

function addMissing(headers: RequestConfig['headers'], added: readonly Header[]): void {
  for (const [name, value, lowerName] of added) {
    if (findName(headers, lowerName) === undefined) headers[name] = value;
  }
}

/** A config that is sent again still has the headers of the inbound request at that time. The caller's headers stay. */
function removeHeaders({ headers }: RequestConfig, context: RequestContext): void {
  for (const [, value, lowerName] of [...traceOf(context), ...othersOf(context)]) {
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
