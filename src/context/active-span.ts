import { OPEN_TELEMETRY } from './open-telemetry';

/** By this, all copies of `@opentelemetry/api` 1.x find the span of a context. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

/** Ids of a span, as in `traceparent`. */
interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

interface Context {
  getValue?(key: symbol): { spanContext?(): SpanIds } | undefined;
}

/** The span of OpenTelemetry in which this code runs. `undefined` outside of spans, and in a process without OpenTelemetry. */
export function activeSpan(): SpanIds | undefined {
  const { [OPEN_TELEMETRY]: api } = globalThis as { [OPEN_TELEMETRY]?: { context?: { active(): Context } } };
  const span = api?.context?.active().getValue?.(SPAN)?.spanContext?.();
  // The span that stands for none.
  return span === undefined || /^0*$/.test(span.traceId) ? undefined : { traceId: span.traceId, spanId: span.spanId };
}
