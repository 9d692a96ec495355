import { createNoopMeter, metrics, type BatchObservableCallback, type MeterProvider } from '@opentelemetry/api';
import { createInstruments, createObservables, type Instruments } from './instruments';
import type { States } from './states';

const NAME = '@hdms/http-client';

/**
 * The instruments of the global MeterProvider. The API has no proxy for a provider that is set later, as it has for spans, so it is
 * asked each time; then it does not matter whether the SDK or this package starts first.
 */
export class CurrentMeter {
  #provider: MeterProvider | undefined;
  #instruments: Instruments | undefined;
  #forget: (() => void) | undefined;

  constructor(private readonly states: States) {
    this.instruments();
  }

  /** `undefined` as long as there is no SDK. */
  instruments(): Instruments | undefined {
    const provider = metrics.getMeterProvider();
    if (provider !== this.#provider) this.#use(provider);
    return this.#instruments;
  }

  stop(): void {
    this.#forget?.();
    this.#forget = undefined;
  }

  #use(provider: MeterProvider): void {
    this.stop();
    this.#provider = provider;
    const meter = provider.getMeter(NAME);
    this.#instruments = undefined;
    if (meter === createNoopMeter()) return;
    this.#instruments = createInstruments(meter);
    const observables = createObservables(meter);
    const report: BatchObservableCallback = (result) => {
      this.states.report(result, observables);
    };
    meter.addBatchObservableCallback(report, Object.values(observables));
    this.#forget = () => {
      meter.removeBatchObservableCallback(report, Object.values(observables));
    };
  }
}
