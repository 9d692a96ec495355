import { checkText } from '../checks/text';
import { wrongOption } from '../checks/wrong-option';
import { kindOf } from '../checks/kind-of';
import { optionGroup } from '../checks/option-group';
import { checkDuration, checkInteger, checkNumber } from '../checks/values';
import type { RateLimitStore } from '../stores/rate-limit-store';

/** How many requests per second are sent, retries included; requests above the rate wait for their turn. */
export interface RateLimitOptions {
  /** Requests per second. For 1000 an hour: `1000 / 3600`. */
  readonly rate: number;
  /**
   * Requests that may go at once after a quiet time. Any second then has up to `rate + burst` requests: with 1, requests are evenly
   * spaced and a quota of `rate` per second is never exceeded, however the upstream counts.
   *
   * @default 1
   */
  readonly burst?: number | undefined;
  /** Longest wait in seconds; a request that would wait longer fails at once with `RATE_LIMITED`. 0 never waits. @default Infinity */
  readonly maxWait?: number | undefined;
  /** Shares the rate between processes: `redisRateLimitStore(redis)`. @default one rate per process */
  readonly store?: RateLimitStore | undefined;
  /** Name of the rate in the store. Clients and services with the same key share one rate. @default origin and partition of the request */
  readonly key?: string | undefined;
}

/** RateLimitOptions with all defaults. */
export interface RateLimitSettings {
  readonly rate: number;
  readonly burst: number;
  /** Seconds. */
  readonly maxWait: number;
  readonly store: RateLimitStore | undefined;
  readonly key: string | undefined;
}

export const RATE_LIMIT_OPTIONS = [
  'rate', 'burst', 'maxWait', 'store', 'key',
] as const satisfies readonly (keyof RateLimitOptions)[]; // prettier-ignore

/**
 * Checks the options and fills in the defaults; `false` if there is no limit.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveRateLimit(given: RateLimitOptions | false = false): RateLimitSettings | false {
  if (given === false) return false;
  const options = optionGroup('rateLimit', given, RATE_LIMIT_OPTIONS, {
    expected: 'an object such as { rate: 100 }, or false',
  });
  const { rate, burst = 1, maxWait = Infinity, store, key } = options;
  checkNumber('rateLimit.rate', rate, 0.00001, 100_000);
  checkInteger('rateLimit.burst', burst, 1, 100_000);
  if (maxWait !== Infinity) checkDuration('rateLimit.maxWait', maxWait, 0, 86_400);
  if (store !== undefined) checkStore(store);
  if (key !== undefined) checkText('rateLimit.key', key);
  return { rate, burst, maxWait, store, key };
}

function checkStore(store: unknown): void {
  const { lease, giveBack } = Object(store) as Partial<Record<keyof RateLimitStore, unknown>>;
  if (typeof lease === 'function' && typeof giveBack === 'function') return;
  throw wrongOption('rateLimit.store', 'be a RateLimitStore such as redisRateLimitStore(redis)', kindOf(store));
}
