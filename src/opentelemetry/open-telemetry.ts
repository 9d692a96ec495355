import { recordMetrics } from './metrics';
import type { OpenTelemetryOptions, OpenTelemetrySettings } from './options';
import { makeSpans } from './spans';

export type { OpenTelemetryOptions } from './options';

/** Makes spans and metrics of the calls of all clients in the process. */
export function openTelemetry(options: OpenTelemetryOptions = {}): { stop(): void } {
  const settings = { ...DEFAULTS, ...options } as OpenTelemetrySettings;
  const stops = [
    ...(settings.spans ? [makeSpans(settings)] : []),
    ...(settings.metrics ? [recordMetrics(settings)] : []),
  ];
  return {
    stop() {
      for (const stop of stops) stop();
    },
  };
}

const DEFAULTS = {
  spans: true,
  metrics: true,
  requestDuration: 'auto',
  requestHeaders: [],
  responseHeaders: [],
  callSpan: false,
};
