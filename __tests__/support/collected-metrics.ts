import { metrics, type Attributes } from '@opentelemetry/api';
import {
  DataPointType,
  MeterProvider,
  MetricReader,
  type MetricData,
  type MetricDescriptor,
} from '@opentelemetry/sdk-metrics';
import { recordMetrics } from '../../src/opentelemetry/metrics';
import { checkedSettings } from '../../src/opentelemetry/check-options';
import type { OpenTelemetryOptions } from '../../src/opentelemetry/options';

class HandReader extends MetricReader {
  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One series. */
export interface Point {
  readonly attributes: Attributes;
  /** Of a histogram, how many values it has. */
  readonly value: number;
  /** Of a histogram. */
  readonly sum?: number | undefined;
}

/** What has been recorded, by hand. */
export interface Collected {
  data(name: string): Promise<MetricData | undefined>;
  points(name: string): Promise<readonly Point[]>;
  names(): Promise<readonly string[]>;
  descriptors(): Promise<readonly MetricDescriptor[]>;
  all(): Promise<readonly MetricData[]>;
}

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  metrics.disable();
});

/** Starts to record with a real SDK, until the test ends. */
export function collectMetrics(options: OpenTelemetryOptions = {}): Collected {
  const collected = startSDK();
  startRecording(options);
  return collected;
}

/** @returns a function that ends it */
export function startRecording(options: OpenTelemetryOptions = {}): () => void {
  const stop = recordMetrics(checkedSettings(options));
  stops.push(stop);
  return stop;
}

export function startSDK(): Collected {
  const reader = new HandReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  return collectedBy(reader);
}

/** What a reader collects of this package's metrics, or of all. */
function collectedBy(reader: MetricReader): Collected {
  const all = async (): Promise<readonly MetricData[]> => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  };
  const data = async (name: string): Promise<MetricData | undefined> =>
    (await all()).find(({ descriptor }) => descriptor.name === name);
  return {
    all,
    data,
    points: async (name) => pointsOf(await data(name)),
    descriptors: async () => (await all()).map(({ descriptor }) => descriptor),
    names: async () => (await all()).map(({ descriptor }) => descriptor.name).sort(),
  };
}

function pointsOf(data: MetricData | undefined): readonly Point[] {
  if (data?.dataPointType === DataPointType.HISTOGRAM) {
    return data.dataPoints.map(({ attributes, value: { count, sum } }) => ({ attributes, value: count, sum }));
  }
  return (data?.dataPoints ?? []).map(({ attributes, value }) => ({ attributes, value: Number(value) }));
}
