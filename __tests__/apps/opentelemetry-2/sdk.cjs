// OpenTelemetry's SDK 2, beside its instrumentation of node:http.
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

exports.exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exports.exporter)] }).register();
registerInstrumentations({
  instrumentations: [new HttpInstrumentation({ disableIncomingRequestInstrumentation: true })],
});
