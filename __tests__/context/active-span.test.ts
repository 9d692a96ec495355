import { context, trace, type Span } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { activeSpan } from '../../src/context/active-span';

test('there is none in a process without OpenTelemetry', () => {
  expect(activeSpan()).toBeUndefined();
});

test('the ids are those of the span in which the code runs', () => {
  const provider = new NodeTracerProvider();
  provider.register();
  try {
    expect(activeSpan()).toBeUndefined();
    const [ids, span] = provider.getTracer('test').startActiveSpan('work', (active): [unknown, Span] => {
      return [activeSpan(), active];
    });

    const { traceId, spanId } = span.spanContext();
    expect(ids).toEqual({ traceId, spanId });
  } finally {
    trace.disable();
    context.disable();
  }
});

test('the span that stands for none is none', () => {
  const provider = new NodeTracerProvider();
  provider.register();
  try {
    const none = trace.wrapSpanContext({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 });

    expect(context.with(trace.setSpan(context.active(), none), activeSpan)).toBeUndefined();
  } finally {
    trace.disable();
    context.disable();
  }
});
