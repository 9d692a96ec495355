import type { Call } from '../call/call';
import type { RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
import { childTraceparent } from '../context/traceparent';
import { createException } from '../errors/create';
import { findName } from '../util/header-names';
import type { CallPlugin, RequestConfig } from './plugin';

/**
 * Lets a call belong to the request that is being served: it carries the id and the trace of that, ends when the time for that
 * is over, and is cancelled with it. A caller's own headers are never overwritten.
 *
 * @see W3C Trace Context, section 3.2; W3C Baggage
 */
export function requestContext(): CallPlugin {
  return { name: 'request-context', request: join };
}

function join(config: RequestConfig, call: Call): undefined {
  const context = currentContext();
  const before = call.previous?.context;
  if (before && before !== context) takeBack(config, before);
  if (context === undefined) return;
  call.context = context;
  if (context.deadline !== undefined) endBy(context.deadline, config, call);
  addHeaders(config, context);
}

type Header = readonly [name: string, value: string, lowerName: string];

/** Those that are the same for every call of a context. */
const constant = new WeakMap<RequestContext, readonly Header[]>();

function headersOf(context: RequestContext): readonly Header[] {
  const known = constant.get(context);
  if (known) return known;
  const { requestId, tracestate, baggage, headers } = context;
  const all = Object.entries({ 'X-Request-Id': requestId, tracestate, baggage, ...headers });
  const made = all.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value, name.toLowerCase()] as const],
  );
  constant.set(context, made);
  return made;
}

function addHeaders({ headers }: RequestConfig, context: RequestContext): void {
  for (const [name, value, lowerName] of headersOf(context)) {
    if (findName(headers, lowerName) === undefined) headers[name] = value;
  }
  const { trace } = context;
  if (trace && findName(headers, 'traceparent') === undefined) headers['traceparent'] = childTraceparent(trace);
}

/** A config that is sent again brings the headers of the request that was being served then. What is the caller's own stays. */
function takeBack({ headers }: RequestConfig, context: RequestContext): void {
  for (const [, value, lowerName] of headersOf(context)) {
    const there = findName(headers, lowerName);
    if (there !== undefined && headers[there] === value) headers.delete(there);
  }
  const { trace } = context;
  const there = findName(headers, 'traceparent');
  if (trace && there !== undefined && String(headers[there]).includes(`-${trace.id}-`)) headers.delete(there);
}

function endBy(deadline: number, config: RequestConfig, call: Call): void {
  call.endBy(deadline);
  if (call.remaining > 0) return;
  const detail = 'the time of the request that is being served was over before the call began';
  throw createException('DEADLINE_EXCEEDED', { call, config, sent: 'no', phase: 'connect', detail });
}
