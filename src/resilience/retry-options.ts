import { optionGroup } from '../checks/option-group';
import { retryCounterpart } from '../checks/other-clients';
import { checkBoolean, checkDuration, checkNumber, checkOneOf } from '../checks/values';
import type { Backoff } from './backoff';
import { resolveRetryBudget, type RetryBudgetOptions, type RetryBudgetSettings } from './retry-budget-options';
import { checkHooks, RETRY_HOOKS, type RetryHooks } from './retry-hooks';

/** Which calls are retried, and after how long. Times are in seconds. */
export interface RetryOptions extends RetryHooks {
  /** Wait before the first retry. @default 0.5 */
  readonly base?: number | undefined;
  /** Multiplies the wait after each retry. @default 2 */
  readonly factor?: number | undefined;
  /** Longest wait between attempts. @default 30 */
  readonly cap?: number | undefined;
  /** `full` picks each wait uniformly from 0 to the computed one, so that callers do not retry all at once. @default 'none' */
  readonly jitter?: 'none' | 'full' | undefined;
  /** Longest `Retry-After` to wait for; with a longer one the call fails at once. @default 30 */
  readonly maxRetryAfter?: number | undefined;
  /**
   * When POST and PATCH are retried: `always` (the contract), `when-not-sent` only if nothing of the request was written to a
   * connection (the `sent` of the exception is `no`), or `never`.
   *
   * @default 'always'
   */
  readonly unsafeMethods?: 'always' | 'when-not-sent' | 'never' | undefined;
  /**
   * Whether calls are retried while the inbound request is itself a retry (its `X-Request-Attempt` is above 1). If so, each
   * service in a chain multiplies the requests to the next one.
   *
   * @default false
   */
  readonly whileServingRetry?: boolean | undefined;
  /**
   * How many retries one origin gets: successes earn them. Without a budget, the retries of all callers keep a service that is
   * overloaded down. A retry that the budget refuses has the reason `retry-budget` in the journal.
   *
   * @default {}
   */
  readonly budget?: RetryBudgetOptions | false | undefined;
}

/** RetryOptions with all defaults. */
export interface RetryPolicy extends Backoff, RetryHooks {
  readonly maxRetryAfter: number;
  readonly unsafeMethods: 'always' | 'when-not-sent' | 'never';
  readonly whileServingRetry: boolean;
  readonly budget: RetryBudgetSettings | false;
}

export const RETRY_OPTIONS = [
  'base', 'factor', 'cap', 'jitter', 'maxRetryAfter', 'unsafeMethods', 'whileServingRetry', 'budget',
  ...RETRY_HOOKS,
] as const satisfies readonly (keyof RetryOptions)[]; // prettier-ignore

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveRetry(given: RetryOptions = {}): RetryPolicy {
  const retry = optionGroup('retry', given, RETRY_OPTIONS, {
    advice: '`retryAttempts` sets the number of retries',
    instead: retryCounterpart,
  });
  const { base = 0.5, factor = 2, cap = 30, jitter = 'none', maxRetryAfter = 30 } = retry;
  const { unsafeMethods = 'always', whileServingRetry = false } = retry;
  checkDuration('retry.base', base, 0, 3600);
  checkNumber('retry.factor', factor, 1, 100);
  checkDuration('retry.cap', cap, 0, 3600);
  checkDuration('retry.maxRetryAfter', maxRetryAfter, 0, 86_400);
  checkOneOf('retry.jitter', jitter, ['none', 'full']);
  checkOneOf('retry.unsafeMethods', unsafeMethods, ['always', 'when-not-sent', 'never']);
  checkBoolean('retry.whileServingRetry', whileServingRetry);
  checkHooks(retry);
  const { when, onRetry } = retry;
  const budget = resolveRetryBudget(retry.budget);
  return { base, factor, cap, jitter, maxRetryAfter, unsafeMethods, whileServingRetry, budget, when, onRetry };
}
