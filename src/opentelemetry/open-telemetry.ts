import { blameCaller } from '../stack/blame-caller';
import { checkedSettings } from './check-options';
import { recordMetrics } from './metrics';
import type { OpenTelemetryOptions } from './options';
import { makeSpans } from './spans';

export type { OpenTelemetryOptions } from './options';

/** Shared by all copies of this package in a process: all of them hear of all calls. */
const RUNNING = Symbol.for('@hdms/http-client/opentelemetry');

/**
 * Records spans and metrics of the calls of all clients in the process, until it is stopped. The SDK may be set up before or
 * after.
 *
 * @returns an object whose `stop` ends it
 * @throws TypeError if an option is not valid
 * @throws Error if it was called before and not stopped: there would be two spans for each request
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): {
  /** Ends spans and metrics. Calls in progress complete as usual. */
  stop(): void;
} {
  return blameCaller([openTelemetry], () => start(options));
}

function start(options: OpenTelemetryOptions): { stop(): void } {
  const settings = checkedSettings(options);
  const holder = globalThis as { [RUNNING]?: object | undefined };
  if (holder[RUNNING]) {
    throw new Error(
      'openTelemetry() already runs in this process: call it once, or call stop() of the first one before',
    );
  }
  const stops: (() => void)[] = [];
  const running = {
    stop() {
      for (const stop of stops.splice(0)) stop();
      if (holder[RUNNING] === running) Reflect.deleteProperty(holder, RUNNING);
    },
  };
  Object.defineProperty(holder, RUNNING, { value: running, configurable: true });
  if (settings.spans) stops.push(makeSpans(settings));
  if (settings.metrics) stops.push(recordMetrics(settings));
  return running;
}
