/** OpenTelemetry: a span for each request on the wire, and one for the call around them. */
import assert from 'node:assert/strict';
import { HTTPClient } from '@hdms/http-client';
import { openTelemetry } from '@hdms/http-client/opentelemetry';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { example } from './support/example';
import { startService } from './support/service';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
openTelemetry({ callSpan: true });

function milliseconds([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

/** One line for each span, below its parent. */
function print(spans: readonly ReadableSpan[], parent: ReadableSpan, depth = 0): void {
  const { name, duration, startTime, attributes } = parent;
  const start = milliseconds(startTime) - milliseconds(spans.at(-1)?.startTime ?? startTime);
  const outcome = [attributes['http.response.status_code'], attributes['http.request.resend_count']];
  const notes = outcome[1] === undefined ? [outcome[0]] : [outcome[0], `resend_count ${String(outcome[1])}`];
  const text = `${'  '.repeat(depth)}${name} ${notes.filter((note) => note !== undefined).join(', ')}`;
  console.log(`${text.padEnd(34)} from ${start.toFixed(0)} ms, took ${milliseconds(duration).toFixed(0)} ms`);
  const children = spans.filter((span) => span.parentSpanContext?.spanId === parent.spanContext().spanId);
  for (const child of children) print(spans, child, depth + 1);
}

example(async () => {
  const service = await startService([
    { status: 503, delay: 0.03 },
    { status: 302, headers: { Location: '/moved' }, delay: 0.01 },
    { delay: 0.04 },
  ]);
  const client = new HTTPClient({ baseURL: service.url, retry: { base: 0.1 }, name: 'users' });

  await provider.getTracer('app').startActiveSpan('GET /orders/:id', async (span) => {
    await client.get('/users/1');
    span.end();
  });

  const spans = exporter.getFinishedSpans();
  const root = spans.at(-1);
  assert.ok(root);
  print(spans, root);
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['GET', 'GET', 'GET', 'call GET', 'GET /orders/:id'],
  );
  const sent = service.requests.map(({ headers }) => String(headers['traceparent']).split('-')[2]);
  assert.deepEqual(
    sent,
    spans.slice(0, 3).map((span) => span.spanContext().spanId),
  );
  client.close();
});
