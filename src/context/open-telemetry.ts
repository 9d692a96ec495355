import { findName } from '../util/header-names';
import { formatTraceparent, parseTraceparent, type Trace } from './traceparent';

/** Where all copies of `@opentelemetry/api` 1.x in a process meet. Absent in a process that does not use OpenTelemetry. */
export const OPEN_TELEMETRY = Symbol.for('opentelemetry.js.api.1');

/** By this, all copies of `@opentelemetry/core` find in a context that tracing is suppressed there. */
export const SUPPRESSED = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** What is registered there. @see OpenTelemetry API, ContextManager and TextMapPropagator */
interface OpenTelemetry {
  readonly context?: {
    active(): unknown;
    with<T>(context: unknown, run: () => T): T;
  };
  readonly propagation?: {
    inject(context: unknown, carrier: Carrier, setter: typeof SETTER): void;
    extract(context: unknown, carrier: Carrier, getter: typeof GETTER): unknown;
  };
}

type Carrier = Record<string, unknown>;

const SETTER = {
  set(carrier: Carrier, name: string, value: string): void {
    carrier[name] = value;
  },
};

const GETTER = {
  keys: (carrier: Carrier): string[] => Object.keys(carrier),
  get: (carrier: Carrier, name: string): unknown => carrier[findName(carrier, name.toLowerCase()) ?? name],
};

/**
 * Sends a request so that its trace stays whole under OpenTelemetry, whose instrumentations set the headers anew.
 *
 * In a span, the trace that was inherited from a request context gives way to the span. Outside of one, the instrumentation
 * would start a trace for each attempt: the trace of the request becomes its parent.
 *
 * @param headers of the request; changed
 * @param inherited the trace of the request context
 */
export function inTrace<T>(headers: Carrier, inherited: Trace | undefined, send: () => T): T {
  const { [OPEN_TELEMETRY]: registered } = globalThis as { [OPEN_TELEMETRY]?: OpenTelemetry };
  const { context, propagation } = registered ?? {};
  const name = findName(headers, 'traceparent');
  if (!context || !propagation || name === undefined || isSuppressed(context.active())) return send();
  const parent = parentOf(headers, name, inherited, { context, propagation });
  return parent === undefined ? send() : context.with(parent, send);
}

/** The context to send in, if it is not the active one. A propagator that throws costs the trace, not the call. */
function parentOf(
  headers: Carrier,
  name: string,
  inherited: Trace | undefined,
  { context, propagation }: Required<OpenTelemetry>,
): unknown {
  const own = parseTraceparent(String(headers[name]));
  if (!own) return undefined;
  try {
    const active: { traceparent?: string; tracestate?: string } = {};
    propagation.inject(context.active(), active, SETTER);
    const span = parseTraceparent(active.traceparent);
    if (span && inherited && headers[name] === formatTraceparent(inherited)) {
      replace(headers, 'traceparent', active.traceparent);
      replace(headers, 'tracestate', active.tracestate);
      return undefined;
    }
    return span?.id === own.id ? undefined : propagation.extract(context.active(), headers, GETTER);
  } catch {
    return undefined;
  }
}

/** Whether no spans are to be made here, as in the exporters of OpenTelemetry: they are made elsewhere, or not at all. */
export function isSuppressed(active: unknown): boolean {
  return (active as { getValue?(key: symbol): unknown } | undefined)?.getValue?.(SUPPRESSED) === true;
}

function replace(headers: Carrier, lowerName: string, value: string | undefined): void {
  const known = findName(headers, lowerName);
  if (known !== undefined) Reflect.deleteProperty(headers, known);
  if (value !== undefined) headers[lowerName] = value;
}
