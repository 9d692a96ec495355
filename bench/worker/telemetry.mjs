// A client in a service with the SDK of OpenTelemetry, whose calls are traced and counted by this package, by an instrumentation or by hand, or not at all.
import { createRequire } from 'node:module';
import { obey } from './commands.mjs';
import { runFor, warmUp } from './load.mjs';
import { taskOf } from './tasks.mjs';

const [name, telemetry, baseURL] = process.argv.slice(2);
const require = createRequire(import.meta.url);

const KINDS = {
  'the SDK alone': () => {},
  'a span by hand': () => {},
  'spans and metrics': async () => {
    const { openTelemetry } = await import('@hdms/http-client/opentelemetry');
    openTelemetry();
  },
  instrumentation: () => {
    const { registerInstrumentations } = require('@opentelemetry/instrumentation');
    registerInstrumentations({ instrumentations: [instrumentationOf[name]()] });
  },
};

const instrumentationOf = {
  'hdms-http': () => new (require('@opentelemetry/instrumentation-http').HttpInstrumentation)(),
  'hdms-undici': () => new (require('@opentelemetry/instrumentation-undici').UndiciInstrumentation)(),
};

startSDK();
await KINDS[telemetry]();
// Loaded after the instrumentation, which patches what is required later.
const { create } = await import(`../clients/${name}.mjs`);
const client = create(baseURL, {});
const task = taskOf(telemetry === 'a span by hand' ? byHand(client) : client, 'small');

obey({
  prepare: ({ concurrency, milliseconds }) => warmUp(task, concurrency, milliseconds),
  slice: ({ concurrency, milliseconds }) => runFor(task, concurrency, milliseconds),
});

/** What the SDK itself takes for a span and two durations with the usual attributes; nothing is sent with the request. */
function byHand({ getJSON }) {
  const { metrics, SpanKind, trace } = require('@opentelemetry/api');
  const tracer = trace.getTracer('bench');
  const meter = metrics.getMeter('bench');
  const durations = ['request', 'call'].map((name) => meter.createHistogram(`${name}.duration`));
  const { hostname, port } = new URL(baseURL);
  const server = { 'http.request.method': 'GET', 'server.address': hostname, 'server.port': Number(port) };
  const outcome = { 'http.response.status_code': 200, 'network.protocol.version': '1.1' };
  const peer = { 'network.peer.address': hostname, 'network.peer.port': Number(port) };
  const series = { ...server, ...outcome };
  return {
    async getJSON(path) {
      const startedAt = performance.now();
      const attributes = { ...server, 'url.full': baseURL + path };
      const span = tracer.startSpan('GET', { kind: SpanKind.CLIENT, attributes });
      const json = await getJSON(path);
      span.setAttributes({ ...outcome, ...peer });
      span.end();
      for (const duration of durations) duration.record((performance.now() - startedAt) / 1000, series);
      return json;
    },
  };
}

/** As a service has it, with exporters that drop what they get. */
function startSDK() {
  const { context, metrics, ROOT_CONTEXT } = require('@opentelemetry/api');
  const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
  const { MeterProvider, PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
  new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(nowhere())] }).register();
  const reader = new PeriodicExportingMetricReader({
    exporter: nowhere(),
    exportIntervalMillis: 1000,
    exportTimeoutMillis: 500,
  });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  // As a service that traces its inbound requests: once a context has been used, every promise costs more.
  context.with(ROOT_CONTEXT, () => {});
}

function nowhere() {
  return {
    export: (_, done) => done({ code: 0 }),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
