// What the apps with OpenTelemetry do, whichever their SDK and their kind of modules.
const assert = require('node:assert/strict');
const { once } = require('node:events');
const http = require('node:http');
const { context, SpanKind, trace } = require('@opentelemetry/api');
const { exporter } = require('./sdk.cjs');

exports.drive = async ({ HTTPClient }) => {
  const sent = [];
  const service = http.createServer((request, response) => {
    sent.push(request.headers.traceparent);
    response.writeHead(sent.length === 1 ? 503 : 200).end('{}');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');

  const client = new HTTPClient({ token: null, retry: { base: 0.001 } });
  const root = trace.getTracer('app').startSpan('root');
  await context.with(trace.setSpan(context.active(), root), () =>
    client.get(`http://127.0.0.1:${service.address().port}/users/1`),
  );
  root.end();
  client.close();
  service.close();

  const spans = exporter.getFinishedSpans();
  assert.deepEqual(
    spans.map(({ name, kind }) => [name, kind]),
    [
      ['GET', SpanKind.CLIENT],
      ['GET', SpanKind.CLIENT],
      ['root', SpanKind.INTERNAL],
    ],
  );
  const [first, second] = spans.map((span) => span.spanContext());
  assert.deepEqual(sent, [traceparent(first), traceparent(second)]);
  assert.ok(spans.slice(0, 2).every(({ parentSpanContext }) => parentSpanContext.spanId === root.spanContext().spanId));
  assert.deepEqual(
    spans.map(({ attributes }) => attributes['http.request.resend_count']),
    [undefined, 1, undefined],
  );
  console.log('OK');
};

function traceparent({ traceId, spanId }) {
  return `00-${traceId}-${spanId}-01`;
}
