import { context, propagation, trace, type Attributes } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import { openTelemetry, type OpenTelemetryOptions } from '../../src/opentelemetry';

/** An SDK that keeps its spans in memory, until the test ends. */
export class SpanRecorder {
  readonly #exporter = new InMemorySpanExporter();
  readonly #running;
  readonly tracer;

  constructor(options: OpenTelemetryOptions = {}, sampler?: Sampler) {
    const provider = new NodeTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.#exporter)],
      ...(sampler && { sampler }),
    });
    provider.register();
    this.tracer = provider.getTracer('test');
    this.#running = openTelemetry({ metrics: false, ...options });
    recorders.add(this);
  }

  /** Those that have ended, oldest first. */
  get spans(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  get names(): readonly string[] {
    return this.spans.map(({ name }) => name);
  }

  get attributes(): readonly Attributes[] {
    return this.spans.map(({ attributes }) => attributes);
  }

  stop(): void {
    this.#running.stop();
    recorders.delete(this);
    for (const api of [trace, context, propagation]) api.disable();
  }
}

const recorders = new Set<SpanRecorder>();

afterEach(() => {
  for (const recorder of recorders) recorder.stop();
});

export function traceparentOf(span: ReadableSpan | undefined): string {
  const { traceId, spanId, traceFlags } = span?.spanContext() ?? {};
  return `00-${traceId}-${spanId}-0${traceFlags}`;
}
