import { inTrace } from '../../src/context/open-telemetry';
import { parseTraceparent } from '../../src/context/traceparent';
import { OpenTelemetry, type Span } from '../support/open-telemetry';

const inherited = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const ofSameTrace = '00-4bf92f3577b34da6a3ce929d0e0e4736-1111111111111111-01';
const ofOtherTrace = '00-22222222222222222222222222222222-3333333333333333-01';

const openTelemetry = new OpenTelemetry();
beforeEach(() => {
  openTelemetry.register();
});
afterEach(() => {
  openTelemetry.unregister();
});

/** What is sent, and the span in which it is sent, if that is asked for in `span`. */
function send(span: Span | undefined, headers: Record<string, unknown>) {
  const sent = openTelemetry.run(span, () => inTrace(headers, parseTraceparent(inherited), () => openTelemetry.active));
  return { headers, parent: sent?.traceparent };
}

test('outside of a span, the trace of the request is the parent of what the instrumentation records', () => {
  const headers = { TraceParent: inherited, tracestate: 'v=1' };

  expect(send(undefined, headers)).toEqual({ headers: { ...headers }, parent: inherited });
});

test.each([ofSameTrace, ofOtherTrace])('in the span %s, an inherited trace gives way to it', (traceparent) => {
  const headers = { TraceParent: inherited, tracestate: 'v=1', baggage: 'a=1' };

  expect(send({ traceparent }, headers)).toEqual({ headers: { traceparent, baggage: 'a=1' }, parent: traceparent });
  expect(send({ traceparent, tracestate: 'o=2' }, { traceparent: inherited, tracestate: 'v=1' }).headers).toEqual({
    traceparent,
    tracestate: 'o=2',
  });
});

test("the caller's own traceparent stays the parent, also in a span of another trace", () => {
  const headers = { traceparent: ofOtherTrace, tracestate: 'v=1' };

  expect(send({ traceparent: ofSameTrace }, headers)).toEqual({ headers: { ...headers }, parent: ofOtherTrace });
  expect(send({ traceparent: ofOtherTrace }, headers)).toEqual({ headers: { ...headers }, parent: ofOtherTrace });
});

test.each([{}, { traceparent: 'no such thing' }])('headers without a trace stay as they are: %j', (headers) => {
  expect(send({ traceparent: ofSameTrace }, { ...headers })).toEqual({ headers, parent: ofSameTrace });
});

test.each(['inject', 'extract'])('a propagator whose %s throws costs the trace, not the call', (method) => {
  const api = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')) as { readonly propagation: object };
  const fail = (): never => {
    throw new Error('no baggage');
  };
  Object.assign(api.propagation, { [method]: fail });
  const headers = { traceparent: inherited, tracestate: 'v=1' };

  expect(send(undefined, headers)).toEqual({ headers: { ...headers }, parent: undefined });
});

test('without OpenTelemetry nothing is changed', () => {
  openTelemetry.unregister();
  const headers = { traceparent: inherited, tracestate: 'v=1' };

  expect(send(undefined, headers)).toEqual({ headers: { ...headers }, parent: undefined });
});
