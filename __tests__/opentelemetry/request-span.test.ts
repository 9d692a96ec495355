import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { HTTPClient } from '../../src';
import { service } from '../support/service';
import { SpanRecorder } from '../support/spans';

const quick = { token: null, retryAttempts: 0 } as const;

test('a failure without a status has a description; a status says enough', async () => {
  const api = await service([{ status: 500 }]);
  const recorder = new SpanRecorder();

  await expect(new HTTPClient(quick).get(api.url)).rejects.toThrow();
  await expect(new HTTPClient(quick).get('http://127.0.0.1:1/?token=s3cret')).rejects.toThrow();

  const [rejected, refused] = recorder.spans.map(({ status }) => status);
  expect(rejected).toEqual({ code: SpanStatusCode.ERROR });
  expect(refused).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringContaining('127.0.0.1') as string });
  expect(
    JSON.stringify(recorder.spans.map(({ attributes, status, events }) => [attributes, status, events])),
  ).not.toContain('s3cret');
});

test("what the caller's code reads of a stream does not run in the context of the request", async () => {
  const api = await service([{ body: 'text' }]);
  const recorder = new SpanRecorder();
  const seen: unknown[] = [];

  await recorder.tracer.startActiveSpan('root', async (root) => {
    const { data } = await new HTTPClient(quick).get<NodeJS.ReadableStream>(api.url, { responseType: 'stream' });
    await new Promise((resolve) => {
      data.on('data', () => seen.push(trace.getSpan(context.active()) === root)).on('close', resolve);
    });
    recorder.tracer.startSpan('inner').end();
    root.end();
  });

  expect(seen).toEqual([true]);
  expect(recorder.names).toEqual(expect.arrayContaining(['GET', 'inner', 'root']));
});

test('a call that its caller cancels is no error', async () => {
  const api = await service(() => ({ delay: 5000 }));
  const recorder = new SpanRecorder();

  const controller = new AbortController();
  const call = new HTTPClient(quick).get(api.url, { signal: controller.signal });
  setTimeout(() => {
    controller.abort();
  }, 20);
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });

  expect(recorder.spans.map(({ status }) => status)).toEqual([{ code: SpanStatusCode.UNSET }]);
  expect(recorder.attributes[0]).not.toHaveProperty('error.type');
});

test('a hedge that lost has no error', async () => {
  let count = 0;
  const api = await service(() => ({ delay: ++count === 1 ? 200 : 0 }));
  const recorder = new SpanRecorder();

  await new HTTPClient({ ...quick, hedging: { delay: 0.01 } }).get(api.url);

  expect(recorder.spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.UNSET, SpanStatusCode.UNSET]);
  expect(recorder.attributes.map((one) => one['error.type'])).toEqual([undefined, undefined]);
});
