import {
  isSpanContextValid,
  propagation,
  trace,
  type Context,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import type { RequestContext } from '../context/inbound-context';
import { SUPPRESSED } from '../context/open-telemetry';
import { formatTraceparent } from '../context/traceparent';
import type { RequestStart } from '../events/messages';
import type { RequestView } from '../events/request-view';

const GETTER: TextMapGetter<RequestView> = {
  keys: (request) => Object.keys(request.headers),
  get: (request, name) => textOf(request.header(name)),
};

const SETTER: TextMapSetter<RequestView> = {
  set(request, name, value) {
    request.setHeader(name, value);
  },
};

/** Baggage is meant for the company's services, so another origin does not get it. */
const SETTER_WITHOUT_BAGGAGE: TextMapSetter<RequestView> = {
  set(request, name, value) {
    if (name.toLowerCase() !== 'baggage') request.setHeader(name, value);
  },
};

/** In this context, the instrumentations of transports make no spans and set no headers. */
export function suppressed(active: Context): Context {
  return new Suppressed(active);
}

/** What `setValue(SUPPRESSED, true)` makes, without a copy of all values for each request. */
class Suppressed implements Context {
  constructor(private readonly inner: Context) {}

  getValue(key: symbol): unknown {
    return key === SUPPRESSED || this.inner.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.inner.setValue(SUPPRESSED, true).setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.inner.setValue(SUPPRESSED, true).deleteValue(key);
  }
}

/**
 * The context whose span is the parent of a request: the active one, except that a `traceparent` of the caller comes first, and
 * one of the request context last.
 */
export function parentOf({ call, request }: RequestStart, active: Context): Context {
  const traceparent = textOf(request.header('traceparent'));
  if (traceparent === undefined) return active;
  if (isInSpan(active)) {
    const { traceId, parentId } = call.context ?? {};
    if (traceId !== undefined && traceparent.startsWith(`00-${traceId}-${parentId}-`)) return active;
  }
  return propagation.extract(active, request, GETTER);
}

/** The same for a call that has sent no request. */
export function parentOfCall(active: Context, inbound: RequestContext | undefined): Context {
  if (!inbound?.trace || isInSpan(active)) return active;
  const { trace: remote, tracestate } = inbound;
  return propagation.extract(active, {
    traceparent: formatTraceparent(remote),
    ...(tracestate !== undefined && { tracestate }),
  });
}

/** Sets the headers by which a service finds the span of `active`. */
export function inject(active: Context, request: RequestView, isForeign: boolean): void {
  const hadState = request.header('traceparent') !== undefined && request.header('tracestate') !== undefined;
  propagation.inject(active, request, isForeign ? SETTER_WITHOUT_BAGGAGE : SETTER);
  if (!hadState) return;
  // It belonged to the other traceparent.
  const own = trace.getSpanContext(active);
  const isReplaced = own && textOf(request.header('traceparent'))?.includes(own.spanId);
  if (isReplaced && !own.traceState?.serialize()) request.setHeader('tracestate', undefined);
}

function isInSpan(active: Context): boolean {
  const span = trace.getSpanContext(active);
  return span !== undefined && isSpanContextValid(span);
}

/** A list of one is sent like a string. */
function textOf(value: unknown): string | undefined {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof only === 'string' ? only : undefined;
}
