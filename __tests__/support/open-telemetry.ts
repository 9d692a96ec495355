import { AsyncLocalStorage } from 'node:async_hooks';

/** A span, of which only its place in a trace matters here. */
export interface Span {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

type Carrier = Record<string, unknown>;

const API = Symbol.for('opentelemetry.js.api.1');

/** What the SDK of OpenTelemetry registers for all copies of its API: a context manager and the W3C propagator. */
export class OpenTelemetry {
  readonly #spans = new AsyncLocalStorage<Span | undefined>();

  register(): void {
    Object.defineProperty(globalThis, API, {
      configurable: true,
      value: {
        context: {
          active: () => this.#spans.getStore(),
          with: <T>(span: Span | undefined, run: () => T) => this.#spans.run(span, run),
        },
        propagation: {
          inject: (
            span: Span | undefined,
            carrier: Carrier,
            setter: { set(c: Carrier, n: string, v: string): void },
          ) => {
            for (const [name, value] of Object.entries(span ?? {})) setter.set(carrier, name, String(value));
          },
          extract: (_: unknown, carrier: Carrier, getter: { get(c: Carrier, name: string): unknown }) => ({
            traceparent: getter.get(carrier, 'traceparent'),
            tracestate: getter.get(carrier, 'tracestate'),
          }),
        },
      },
    });
  }

  unregister(): void {
    Reflect.deleteProperty(globalThis, API);
  }

  /** Runs `work` in a span. */
  run<T>(span: Span | undefined, work: () => T): T {
    return this.#spans.run(span, work);
  }

  /** The span in which this code runs. */
  get active(): Span | undefined {
    return this.#spans.getStore();
  }
}
