import { checkpointsFor, type CheckpointSettings } from '../../src/admission/checkpoints';
import { resolveBackpressure } from '../../src/resilience/backpressure-options';
import { resolveCircuitBreaker } from '../../src/resilience/circuit-options';
import { resolveConcurrency } from '../../src/resilience/concurrency-options';
import { resolveRateLimit } from '../../src/resilience/rate-limit-options';
import { resolveRetryBudget } from '../../src/resilience/retry-budget-options';

const OFF: CheckpointSettings = {
  backpressure: resolveBackpressure(false),
  maxRetryAfter: 60,
  identity: undefined,
  rateLimit: false,
  concurrency: resolveConcurrency(),
  circuitBreaker: false,
  budget: false,
};

function names(settings: Partial<CheckpointSettings>): string[] {
  return checkpointsFor({ ...OFF, ...settings }).map(({ constructor }) => constructor.name);
}

test('nothing is there that is off', () => {
  expect(names({})).toEqual([]);
});

test('by default there are the gate and the budget', () => {
  expect(names({ backpressure: resolveBackpressure(), budget: resolveRetryBudget() })).toEqual([
    'GateCheckpoint',
    'BudgetCheckpoint',
  ]);
});

test('an attempt passes them in the order of the design, the circuit last of those that may hold it back', () => {
  expect(
    names({
      backpressure: resolveBackpressure({ rateLimit: true }),
      rateLimit: resolveRateLimit({ rate: 5 }),
      concurrency: resolveConcurrency({ limit: 5 }),
      circuitBreaker: resolveCircuitBreaker({}),
      budget: resolveRetryBudget(),
    }),
  ).toEqual([
    'GateCheckpoint',
    'PacingCheckpoint',
    'RateCheckpoint',
    'SlotCheckpoint',
    'CircuitCheckpoint',
    'BudgetCheckpoint',
  ]);
});
