import { checkNames } from '../checks/names';
import { checkBoolean, checkNumber, checkOneOf } from '../checks/values';
import type { Backoff } from './backoff';

/** What is retried, and how long to wait. Times are in seconds. */
export interface RetryOptions {
  /** Wait before the first retry. @default 0.5 */
  readonly base?: number | undefined;
  /** By what the wait is multiplied each time. @default 2 */
  readonly factor?: number | undefined;
  /** Longest wait between attempts. @default 30 */
  readonly cap?: number | undefined;
  /** `full` draws each wait evenly from 0 up to it, so that callers do not come back all at once. @default 'none' */
  readonly jitter?: 'none' | 'full' | undefined;
  /** Longest `Retry-After` that is waited for; above it the call fails at once. @default 30 */
  readonly maxRetryAfter?: number | undefined;
  /**
   * Whether POST and PATCH are retried: `always` as the contract, `when-not-sent` only while the other service cannot
   * have seen the request, or `never`.
   *
   * @default 'always'
   */
  readonly unsafeMethods?: 'always' | 'when-not-sent' | 'never' | undefined;
  /**
   * Whether calls are retried while the request that is being served is itself a retry (its `X-Request-Attempt` is above 1).
   * With it, each service in a chain multiplies the requests to the next one.
   *
   * @default false
   */
  readonly whileServingRetry?: boolean | undefined;
}

/** The rule in full. */
export interface RetryPolicy extends Backoff {
  readonly maxRetryAfter: number;
  readonly unsafeMethods: 'always' | 'when-not-sent' | 'never';
  readonly whileServingRetry: boolean;
}

export const RETRY_OPTIONS = [
  'base', 'factor', 'cap', 'jitter', 'maxRetryAfter', 'unsafeMethods', 'whileServingRetry',
] as const satisfies readonly (keyof RetryOptions)[]; // prettier-ignore

/** @throws TypeError or RangeError that names the wrong option */
export function resolveRetry(retry: RetryOptions = {}): RetryPolicy {
  if (typeof retry !== 'object' || (retry as unknown) === null) {
    throw new TypeError('Option `retry` must be an object of retry options; the number of retries is `retryAttempts`');
  }
  checkNames('`retry` option', retry, new Set(RETRY_OPTIONS), false);
  const { base = 0.5, factor = 2, cap = 30, jitter = 'none', maxRetryAfter = 30 } = retry;
  const { unsafeMethods = 'always', whileServingRetry = false } = retry;
  checkNumber('retry.base', base, 0, 3600);
  checkNumber('retry.factor', factor, 1, 100);
  checkNumber('retry.cap', cap, 0, 3600);
  checkNumber('retry.maxRetryAfter', maxRetryAfter, 0, 86_400);
  checkOneOf('retry.jitter', jitter, ['none', 'full']);
  checkOneOf('retry.unsafeMethods', unsafeMethods, ['always', 'when-not-sent', 'never']);
  checkBoolean('retry.whileServingRetry', whileServingRetry);
  return { base, factor, cap, jitter, maxRetryAfter, unsafeMethods, whileServingRetry };
}
