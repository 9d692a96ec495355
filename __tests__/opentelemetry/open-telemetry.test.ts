import { trace } from '@opentelemetry/api';
import { HTTPClient } from '../../src';
import { openTelemetry } from '../../src/opentelemetry';
import { startSDK } from '../support/collected-metrics';
import { service } from '../support/service';
import { SpanRecorder } from '../support/spans';

test('a second call is refused until the first is stopped', () => {
  const first = openTelemetry();

  expect(() => openTelemetry({ spans: false })).toThrow(
    'openTelemetry() already runs in this process: call it once, or call stop() of the first one before',
  );
  first.stop();
  const second = openTelemetry();
  // It is not the one that runs.
  first.stop();
  expect(() => openTelemetry()).toThrow('already runs');
  second.stop();
});

test('options are checked before anything starts', () => {
  expect(() => openTelemetry({ spans: 'yes' as never })).toThrow(TypeError);
  openTelemetry().stop();
});

test('after stop() no spans are made', async () => {
  const api = await service();
  const recorder = new SpanRecorder();
  recorder.stop();

  await new HTTPClient({ token: null }).get(api.url);

  expect(recorder.spans).toEqual([]);
  expect(api.requests[0]?.headers).not.toHaveProperty('traceparent');
});

test('spans: false makes none', async () => {
  const api = await service();
  const recorder = new SpanRecorder({ spans: false });

  await new HTTPClient({ token: null }).get(api.url);

  expect(recorder.spans).toEqual([]);
});

test('without an SDK nothing is sent or made', async () => {
  trace.disable();
  const api = await service();
  const running = openTelemetry({ metrics: false });

  await new HTTPClient({ token: null }).get(api.url);
  running.stop();

  expect(api.requests[0]?.headers).not.toHaveProperty('traceparent');
});

test('a urlTemplate that throws leads to one warning, not one for spans and one for metrics', async () => {
  const api = await service();
  const collected = startSDK();
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const recorder = new SpanRecorder({
    metrics: true,
    urlTemplate() {
      throw new Error('no template');
    },
  });

  await new HTTPClient({ token: null }).get(api.url);

  expect(recorder.spans).toHaveLength(1);
  expect(await collected.points('hdms.client.call.duration')).toHaveLength(1);
  expect(warn.mock.calls.map(([message]) => message)).toEqual([
    'openTelemetry(): `urlTemplate` failed: Error: no template',
  ]);
  warn.mockRestore();
});
