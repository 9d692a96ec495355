import { resolveRetryBudget } from '../../src/resilience/retry-budget-options';
import { resolveRetry, RETRY_OPTIONS } from '../../src/resilience/retry-options';

test('what is left out or undefined has the default of the contract', () => {
  const defaults = {
    base: 0.5,
    factor: 2,
    cap: 30,
    jitter: 'none',
    maxRetryAfter: 30,
    unsafeMethods: 'always',
    whileServingRetry: false,
    budget: resolveRetryBudget(),
  };

  expect(resolveRetry()).toEqual(defaults);
  expect(resolveRetry(Object.fromEntries(RETRY_OPTIONS.map((name) => [name, undefined])))).toEqual(defaults);
});

test('what is said is taken', () => {
  const retry = {
    base: 0,
    factor: 1,
    cap: 5,
    jitter: 'full',
    maxRetryAfter: 0,
    unsafeMethods: 'never',
    budget: false,
  } as const;

  expect(resolveRetry({ ...retry, whileServingRetry: true })).toEqual({ ...retry, whileServingRetry: true });
});

test.each<[unknown, string]>([
  [null, 'must be an object, got null'],
  [3, 'must be an object, got 3'],
  [{ base: -1 }, '`retry.base`'],
  [{ factor: 0.5 }, '`retry.factor`'],
  [{ cap: Infinity }, '`retry.cap`'],
  [{ maxRetryAfter: NaN }, '`retry.maxRetryAfter`'],
  [{ jitter: 'some' }, '`retry.jitter`'],
  [{ unsafeMethods: 'no' }, '`retry.unsafeMethods`'],
  [{ whileServingRetry: 1 }, '`retry.whileServingRetry`'],
  [{ attempts: 1 }, 'Unknown `retry` option `attempts`'],
])('%j is refused by name', (retry, words) => {
  expect(() => resolveRetry(retry as never)).toThrow(words);
});
