import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { HTTPClient, runInContext } from '../../src';
import { isSuppressed } from '../../src/context/open-telemetry';
import { suppressed } from '../../src/opentelemetry/parents';
import { service } from '../support/service';
import { SpanRecorder, traceparentOf } from '../support/spans';

const REMOTE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const OTHER = '00-22222222222222222222222222222222-3333333333333333-01';
const quick = { token: null, retry: { base: 0.001 } } as const;

test('suppression is that of the SDK', () => {
  expect(isSuppressed(suppressTracing(ROOT_CONTEXT))).toBe(true);
  expect(isSuppressed(suppressed(ROOT_CONTEXT))).toBe(true);
  expect(isSuppressed(ROOT_CONTEXT)).toBe(false);
});

test('a suppressed context is otherwise the one it is made of', () => {
  const [one, other] = [Symbol('one'), Symbol('other')];
  const made = suppressed(ROOT_CONTEXT.setValue(one, 1));

  expect(made.getValue(one)).toBe(1);
  const changed = made.setValue(other, 2).deleteValue(one);
  expect([changed.getValue(one), changed.getValue(other), isSuppressed(changed)]).toEqual([undefined, 2, true]);
  expect(isSuppressed(made.deleteValue(one))).toBe(true);
  expect(made.getValue(other)).toBeUndefined();
});

test('the trace of the request context is the parent outside of a span, of all attempts', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const recorder = new SpanRecorder();

  await runInContext({ traceparent: REMOTE, tracestate: 'v=1' }, () => new HTTPClient(quick).get(api.url));

  expect(recorder.spans.map((span) => span.parentSpanContext?.spanId)).toEqual(Array(2).fill('00f067aa0ba902b7'));
  expect(api.requests.map(({ headers }) => headers['traceparent'])).toEqual(recorder.spans.map(traceparentOf));
  expect(api.requests.map(({ headers }) => headers['tracestate'])).toEqual(['v=1', 'v=1']);
});

test('in a span, the trace of the request context gives way, with its tracestate', async () => {
  const api = await service();
  const recorder = new SpanRecorder();

  await recorder.tracer.startActiveSpan('root', (root) =>
    runInContext({ traceparent: REMOTE, tracestate: 'v=1', baggage: 'a=1' }, async () => {
      await new HTTPClient(quick).get(api.url);
      root.end();
    }),
  );

  const [span, root] = recorder.spans;
  expect(span?.parentSpanContext?.spanId).toBe(root?.spanContext().spanId);
  expect(api.requests[0]?.headers).toMatchObject({ traceparent: traceparentOf(span), baggage: 'a=1' });
  expect(api.requests[0]?.headers).not.toHaveProperty('tracestate');
});

test("the caller's own traceparent comes before the active span", async () => {
  const api = await service();
  const recorder = new SpanRecorder();

  await recorder.tracer.startActiveSpan('root', () =>
    runInContext({ traceparent: REMOTE }, () =>
      new HTTPClient(quick).get(api.url, { headers: { TraceParent: OTHER } }),
    ),
  );

  expect(recorder.spans[0]?.parentSpanContext?.spanId).toBe('3333333333333333');
  expect(api.requests[0]?.headers['traceparent']).toBe(traceparentOf(recorder.spans[0]));
});

test('a redirect has the same parent, and another origin gets no baggage', async () => {
  const other = await service();
  const api = await service([{ status: 302, headers: { Location: other.url } }]);
  const recorder = new SpanRecorder();

  await runInContext({ traceparent: REMOTE, baggage: 'a=1' }, () => new HTTPClient(quick).get(api.url));

  expect(recorder.spans.map((span) => span.parentSpanContext?.spanId)).toEqual(Array(2).fill('00f067aa0ba902b7'));
  expect(recorder.attributes.map((one) => one['server.port'])).toEqual(
    [api, other].map(({ url }) => Number(new URL(url).port)),
  );
  expect(api.requests[0]?.headers['baggage']).toBe('a=1');
  expect(other.requests[0]?.headers['traceparent']).toBe(traceparentOf(recorder.spans[1]));
  expect(other.requests[0]?.headers).not.toHaveProperty('baggage');
});

test('where tracing is suppressed, there is no span and no header', async () => {
  const api = await service();
  const recorder = new SpanRecorder({ callSpan: true });

  await context.with(suppressTracing(context.active()), () => new HTTPClient(quick).get(api.url));

  expect(recorder.spans).toEqual([]);
  expect(api.requests[0]?.headers).not.toHaveProperty('traceparent');
});

test('a parent that is not sampled is passed on', async () => {
  const api = await service();
  const recorder = new SpanRecorder();
  const parent = { traceId: '2'.repeat(32), spanId: '3'.repeat(16), traceFlags: TraceFlags.NONE };

  await context.with(trace.setSpanContext(context.active(), parent), () => new HTTPClient(quick).get(api.url));

  expect(recorder.spans).toEqual([]);
  expect(api.requests[0]?.headers['traceparent']).toMatch(/^00-2{32}-(?!3{16})[\da-f]{16}-00$/);
});

test.each<[string, string | string[]]>([
  ['a string', OTHER],
  ['a list of one', [OTHER]],
])('a traceparent of the caller that is %s is the parent', async (_, traceparent) => {
  const api = await service();
  const recorder = new SpanRecorder();

  await new HTTPClient(quick).get(api.url, { headers: { traceparent } });

  expect(recorder.spans[0]?.parentSpanContext?.spanId).toBe('3333333333333333');
  expect(api.requests[0]?.headers['traceparent']).toBe(traceparentOf(recorder.spans[0]));
});
