import { resolveRetryBudget, RETRY_BUDGET_OPTIONS } from '../../src/resilience/retry-budget-options';

test('what is left out or undefined has its default', () => {
  const defaults = { ratio: 0.2, reserve: 10, reserveWindow: 2.8, refill: 0.02 };

  expect(resolveRetryBudget()).toEqual(defaults);
  expect(resolveRetryBudget({})).toEqual(defaults);
  expect(resolveRetryBudget(Object.fromEntries(RETRY_BUDGET_OPTIONS.map((name) => [name, undefined])))).toEqual(
    defaults,
  );
});

test('what is given is taken', () => {
  const budget = { ratio: 0, reserve: 0, reserveWindow: 0, refill: 0 };

  expect(resolveRetryBudget(budget)).toEqual(budget);
});

test('false is no budget', () => {
  expect(resolveRetryBudget(false)).toBe(false);
});

test.each<[unknown, string]>([
  [null, 'Option `retry.budget` must be an object or false, got null'],
  [true, 'got true'],
  [10, 'got 10'],
  [[10], 'got a list'],
  [{ ratio: -0.1 }, 'Option `retry.budget.ratio` must be a number from 0 to 10, got -0.1'],
  [{ ratio: 20 }, '`retry.budget.ratio` must be a number from 0 to 10, got 20'],
  [{ reserve: Infinity }, '`retry.budget.reserve` must be a number from 0 to 10000, got Infinity'],
  [{ reserve: '10' }, "`retry.budget.reserve` must be a number from 0 to 10000, got '10'"],
  [{ reserveWindow: 61 }, '`retry.budget.reserveWindow` must be a number of seconds from 0 to 60, got 61'],
  [{ refill: NaN }, '`retry.budget.refill` must be a number from 0 to 1000, got NaN'],
  [{ reserves: 10 }, 'Unknown `retry.budget` option `reserves`. Did you mean `reserve`?'],
  [{ tokens: 10 }, 'Known: `ratio`, `reserve`, `reserveWindow`, `refill`.'],
])('%j is refused by name', (budget, words) => {
  expect(() => resolveRetryBudget(budget as never)).toThrow(words);
});
