import type { BackpressureSettings } from '../resilience/backpressure-options';
import type { CircuitBreakerSettings } from '../resilience/circuit-options';
import type { ConcurrencySettings } from '../resilience/concurrency-options';
import type { RateLimitSettings } from '../resilience/rate-limit-options';
import type { RetryBudgetSettings } from '../resilience/retry-budget-options';
import { BudgetCheckpoint } from './budget-checkpoint';
import type { Checkpoint } from './checkpoint';
import { CircuitCheckpoint } from './circuit-checkpoint';
import type { Identity } from './credentials-key';
import { GateCheckpoint } from './gate-checkpoint';
import { PacingCheckpoint } from './pacing-checkpoint';
import { RateCheckpoint } from './rate-checkpoint';
import { SlotCheckpoint } from './slot-checkpoint';

export interface CheckpointSettings {
  readonly backpressure: BackpressureSettings;
  /** Seconds. */
  readonly maxRetryAfter: number;
  readonly identity: Identity | undefined;
  readonly rateLimit: RateLimitSettings | false;
  readonly concurrency: ConcurrencySettings;
  readonly circuitBreaker: CircuitBreakerSettings | false;
  readonly budget: RetryBudgetSettings | false;
}

/** The checkpoints that are switched on, in the order in which an attempt passes them. */
export function checkpointsFor(settings: CheckpointSettings): readonly Checkpoint[] {
  const { backpressure, maxRetryAfter, identity, rateLimit, concurrency, circuitBreaker, budget } = settings;
  return [
    ...(backpressure.retryAfter ? [new GateCheckpoint(maxRetryAfter, identity)] : []),
    ...(backpressure.rateLimit ? [new PacingCheckpoint(identity)] : []),
    ...(rateLimit ? [new RateCheckpoint(rateLimit)] : []),
    ...(concurrency.limit < Infinity ? [new SlotCheckpoint(concurrency)] : []),
    // After all that may hold an attempt back: a probe that waits would keep the circuit half-open.
    ...(circuitBreaker ? [new CircuitCheckpoint(circuitBreaker)] : []),
    ...(budget ? [new BudgetCheckpoint(budget)] : []),
  ];
}
