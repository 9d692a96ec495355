import { optionGroup } from '../checks/option-group';
import { checkDuration, checkNumber } from '../checks/values';

/**
 * How many retries one origin gets from one process. The unit is a retry after a fast failure; after a timeout, the first retry of
 * a call costs 4 and each further one 3.
 */
export interface RetryBudgetOptions {
  /** Retries that each success earns, from 0 to 10. @default 0.2 */
  readonly ratio?: number | undefined;
  /**
   * Retries at the start, and the most that a quiet process saves up, from 0 to 10,000. One call that always times out needs 10
   * for its three retries.
   *
   * @default 10
   */
  readonly reserve?: number | undefined;
  /**
   * Seconds of successes that a busy process saves up as retries, by the mean of its last 10 s and on top of half the reserve,
   * from 0 to 60. The default bridges an outage of 2 s.
   *
   * @default 2.8
   */
  readonly reserveWindow?: number | undefined;
  /** Retries per second that come back without a success, from 0 to 1,000. @default 0.02 */
  readonly refill?: number | undefined;
}

/** RetryBudgetOptions with all defaults. */
export interface RetryBudgetSettings {
  readonly ratio: number;
  readonly reserve: number;
  readonly reserveWindow: number;
  readonly refill: number;
}

export const RETRY_BUDGET_OPTIONS = [
  'ratio', 'reserve', 'reserveWindow', 'refill',
] as const satisfies readonly (keyof RetryBudgetOptions)[]; // prettier-ignore

/**
 * Checks the options and fills in the defaults.
 *
 * @returns `false` for no budget
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveRetryBudget(given: RetryBudgetOptions | false = {}): RetryBudgetSettings | false {
  if (given === false) return false;
  const budget = optionGroup('retry.budget', given, RETRY_BUDGET_OPTIONS, { expected: 'an object or false' });
  const { ratio = 0.2, reserve = 10, reserveWindow = 2.8, refill = 0.02 } = budget;
  checkNumber('retry.budget.ratio', ratio, 0, 10);
  checkNumber('retry.budget.reserve', reserve, 0, 10_000);
  checkDuration('retry.budget.reserveWindow', reserveWindow, 0, 60);
  checkNumber('retry.budget.refill', refill, 0, 1000);
  return { ratio, reserve, reserveWindow, refill };
}
