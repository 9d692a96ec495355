// A client in a service with the SDK of OpenTelemetry, whose calls are traced and counted by this package or by an instrumentation, or not at all.
import { createRequire } from 'node:module';
import { obey } from './commands.mjs';
import { runFor, warmUp } from './load.mjs';
import { taskOf } from './tasks.mjs';

const [client, telemetry, baseURL] = process.argv.slice(2);
const require = createRequire(import.meta.url);

const KINDS = {
  'the SDK alone': () => {},
  'spans and metrics': async () => {
    const { openTelemetry } = await import('@hdms/http-client/opentelemetry');
    openTelemetry();
  },
  instrumentation: () => {
    const { registerInstrumentations } = require('@opentelemetry/instrumentation');
    registerInstrumentations({ instrumentations: [instrumentationOf[client]()] });
  },
};

const instrumentationOf = {
  'hdms-http': () => new (require('@opentelemetry/instrumentation-http').HttpInstrumentation)(),
  'hdms-undici': () => new (require('@opentelemetry/instrumentation-undici').UndiciInstrumentation)(),
};

startSDK();
await KINDS[telemetry]();
// Loaded after the instrumentation, which patches what is required later.
const { create } = await import(`../clients/${client}.mjs`);
const task = taskOf(create(baseURL, {}), 'small');

obey({
  prepare: ({ concurrency, milliseconds }) => warmUp(task, concurrency, milliseconds),
  slice: ({ concurrency, milliseconds }) => runFor(task, concurrency, milliseconds),
});

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
