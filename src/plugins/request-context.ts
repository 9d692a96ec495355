import type { Call } from '../call/call';
import { InboundContext, type RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
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

type Visit = (headers: RequestConfig['headers'], name: string, lowerName: string, value: string | undefined) => void;

function addHeaders({ headers }: RequestConfig, context: RequestContext): void {
  visitOthers(headers, context, addMissing);
  if (findName(headers, 'traceparent') === undefined) visitTrace(headers, context, addMissing);
}

/** A config that is sent again still has the headers of the inbound request at that time. The caller's headers stay. */
function removeHeaders({ headers }: RequestConfig, context: RequestContext): void {
  visitTrace(headers, context, removeSame);
  visitOthers(headers, context, removeSame);
}

/** Apart, because a `tracestate` has no meaning beside another `traceparent`. */
function visitTrace(headers: RequestConfig['headers'], context: RequestContext, visit: Visit): void {
  const traceparent = InboundContext.traceparentOf(context);
  if (traceparent === undefined) return;
  visit(headers, 'traceparent', 'traceparent', traceparent);
  if (context.tracestate !== undefined) visit(headers, 'tracestate', 'tracestate', context.tracestate);
}

function visitOthers(headers: RequestConfig['headers'], context: RequestContext, visit: Visit): void {
  const { requestId, baggage, headers: forwarded } = context;
  visit(headers, 'X-Request-Id', 'x-request-id', requestId);
  if (baggage !== undefined) visit(headers, 'baggage', 'baggage', baggage);
  for (const name of Object.keys(forwarded)) visit(headers, name, name.toLowerCase(), forwarded[name]);
}

const addMissing: Visit = (headers, name, lowerName, value) => {
  if (findName(headers, lowerName) === undefined) headers[name] = value;
};

const removeSame: Visit = (headers, _, lowerName, value) => {
  const name = findName(headers, lowerName);
  if (name !== undefined && headers[name] === value) headers.delete(name);
};

function endBy(deadline: number, config: RequestConfig, call: Call): void {
  call.endBy(deadline);
  if (call.limit > 0) return;
  const detail = 'the deadline of the inbound request passed before the call started';
  throw createException('DEADLINE_EXCEEDED', { call, config, sent: 'no', phase: 'connect', detail });
}
