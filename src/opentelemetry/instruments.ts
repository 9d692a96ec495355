import { ValueType, type Meter, type MetricOptions } from '@opentelemetry/api';

/** Those that the semantic conventions ask for, in seconds. */
const STANDARD_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Waits between attempts take longer than requests. */
const LONG_BUCKETS = [...STANDARD_BUCKETS, 15, 30, 60];

/** 0 has a bucket for calls that have used up all their time. */
const REMAINING_BUCKETS = [0, ...LONG_BUCKETS];

function seconds(description: string, explicitBucketBoundaries: number[]): MetricOptions {
  return { description, unit: 's', valueType: ValueType.DOUBLE, advice: { explicitBucketBoundaries } };
}

function counted(description: string, unit: string): MetricOptions {
  return { description, unit, valueType: ValueType.INT };
}

/** All that is recorded when it happens. */
export function createInstruments(meter: Meter) {
  return {
    requestDuration: meter.createHistogram(
      'http.client.request.duration',
      seconds('Duration of HTTP client requests.', STANDARD_BUCKETS),
    ),
    callDuration: meter.createHistogram(
      'hdms.client.call.duration',
      seconds('Duration of calls, with all their attempts and the waits between them.', LONG_BUCKETS),
    ),
    resends: meter.createCounter(
      'hdms.client.resends',
      counted('Requests beside the first one of their call: retries, replays, redirects and hedges.', '{request}'),
    ),
    retryDelay: meter.createHistogram('hdms.client.retry.delay', seconds('Waits before retries.', LONG_BUCKETS)),
    refusals: meter.createCounter(
      'hdms.client.refusals',
      counted('Calls that failed, by the reason for which no further attempt was made.', '{call}'),
    ),
    deadlineRemaining: meter.createHistogram(
      'hdms.client.deadline.remaining',
      seconds('Time that was left until the deadline when a call ended.', REMAINING_BUCKETS),
    ),
    tokenRequests: meter.createCounter(
      'hdms.client.token.requests',
      counted('Tokens that were fetched or renewed, or could not be.', '{request}'),
    ),
    tokenDuration: meter.createHistogram(
      'hdms.client.token.duration',
      seconds('Duration of requests for tokens.', STANDARD_BUCKETS),
    ),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;

/** All that is asked for when metrics are collected. */
export function createObservables(meter: Meter) {
  return {
    tokenExpiresIn: meter.createObservableGauge('hdms.client.token.expires_in', {
      description: 'Time until the last token of a source expires; 0 once it has expired.',
      unit: 's',
    }),
    breakerState: meter.createObservableGauge(
      'hdms.client.breaker.state',
      counted('State of the circuit breaker: 0 closed, 1 half-open, 2 open.', '{state}'),
    ),
    budgetLeft: meter.createObservableGauge('hdms.client.budget.left', {
      description: 'Tokens that were left in the retry budget after the last retry; a retry takes 1 to 4.',
      unit: '{token}',
    }),
    openConnections: meter.createObservableUpDownCounter(
      'http.client.open_connections',
      counted('Open connections that are active or idle.', '{connection}'),
    ),
  };
}

export type Observables = ReturnType<typeof createObservables>;
