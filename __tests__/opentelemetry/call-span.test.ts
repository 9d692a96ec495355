import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { HTTPClient, runInContext } from '../../src';
import { service } from '../support/service';
import { SpanRecorder } from '../support/spans';

const REMOTE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const quick = { token: null, retry: { base: 0.001 } } as const;

test('the span of a call is the parent of its requests, and ends after them', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const recorder = new SpanRecorder({ callSpan: true });

  await recorder.tracer.startActiveSpan('root', async (root) => {
    await new HTTPClient({ ...quick, name: 'users' }).get(api.url);
    root.end();
  });

  const [first, second, call, root] = recorder.spans;
  expect(recorder.names).toEqual(['GET', 'GET', 'call GET', 'root']);
  expect(call?.kind).toBe(SpanKind.INTERNAL);
  expect(call?.parentSpanContext?.spanId).toBe(root?.spanContext().spanId);
  expect([first, second].map((span) => span?.parentSpanContext?.spanId)).toEqual(
    Array(2).fill(call?.spanContext().spanId),
  );
  expect(call?.attributes).toEqual({
    'http.request.method': 'GET',
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(api.url).port),
    'hdms.client.name': 'users',
    'http.response.status_code': 200,
  });
});

test('a call that fails before a request has a span as well, of the trace of the request context', async () => {
  const recorder = new SpanRecorder({ callSpan: true });
  const token = () => Promise.reject(new Error('no token'));

  await runInContext({ traceparent: REMOTE, tracestate: 'v=1' }, () =>
    expect(new HTTPClient({ ...quick, token }).get('http://127.0.0.1:1/')).rejects.toThrow(),
  );

  const [span] = recorder.spans;
  expect(recorder.names).toEqual(['call GET']);
  expect(span?.parentSpanContext).toMatchObject({ spanId: '00f067aa0ba902b7', isRemote: true });
  expect(span?.attributes['error.type']).toBe('TOKEN_UNAVAILABLE');
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringContaining('token') as string });
});

test('of a call that its caller cancels, it has no error', async () => {
  const api = await service(() => ({ delay: 5000 }));
  const recorder = new SpanRecorder({ callSpan: true });
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort();
  }, 20);

  await expect(new HTTPClient(quick).get(api.url, { signal: controller.signal })).rejects.toThrow();

  expect(recorder.spans.map(({ name, status }) => [name, status.code])).toEqual([
    ['GET', SpanStatusCode.UNSET],
    ['call GET', SpanStatusCode.UNSET],
  ]);
  expect(recorder.attributes[1]).not.toHaveProperty('error.type');
});

test('of a call that a status fails, it has the status', async () => {
  const api = await service([{ status: 404 }]);
  const recorder = new SpanRecorder({ callSpan: true });

  await expect(new HTTPClient(quick).get(api.url)).rejects.toThrow();

  expect(recorder.attributes[1]).toMatchObject({ 'http.response.status_code': 404, 'error.type': '404' });
});

test('it starts with the call, also with one that began before the telemetry', async () => {
  const api = await service([{ delay: 100 }]);
  const response = new HTTPClient(quick).get(api.url);
  while (api.requests.length === 0) await new Promise(setImmediate);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const recorder = new SpanRecorder({ callSpan: true });

  await response;

  const [seconds = 0, nanoseconds = 0] = recorder.spans[0]?.duration ?? [];
  expect(recorder.names).toEqual(['call GET']);
  expect(seconds + nanoseconds / 1e9).toBeGreaterThan(0.09);
});

test("the caller's own traceparent is the parent of the call", async () => {
  const api = await service();
  const recorder = new SpanRecorder({ callSpan: true });

  await recorder.tracer.startActiveSpan('root', () =>
    new HTTPClient(quick).get(api.url, { headers: { traceparent: REMOTE } }),
  );

  expect(recorder.spans[1]?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
});

test('without `pathParams`, the span of a call has the template that `urlTemplate` finds', async () => {
  const api = await service();
  const recorder = new SpanRecorder({ callSpan: true, urlTemplate: () => '/users/{id}' });

  await new HTTPClient(quick).get(`${api.url}/users/1`);

  expect(recorder.names).toEqual(['GET /users/{id}', 'call GET /users/{id}']);
});
