import type { RequestException } from '../errors/exceptions';
import type { RetryBudgetSettings } from './retry-budget-options';
import { SlidingCount } from './sliding-count';

/** What the price of a retry depends on. */
export type PricedFailure = Pick<RequestException, 'code' | 'sent'> & {
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  /** Seconds that the failed attempt took, not the call. @default 0 */
  readonly took?: number | undefined;
  /** Retries that the call has made before. @default 0 */
  readonly retries?: number | undefined;
};

const AFTER_FAST_FAILURE = 1;

/**
 * A service that is too slow works for seconds on each attempt, mostly for callers that have left, and a retry rarely helps.
 * The reserve of 10 pays for all three retries of one call, and for no more than two calls that time out at the same time.
 */
const FIRST_AFTER_SLOW_FAILURE = 4;
const NEXT_AFTER_SLOW_FAILURE = 3;

/** Seconds after which any failure counts as slow: a 504 from a gateway that waited has cost as much as a timeout. */
const SLOW_AFTER = 1;

/** Tokens that a retry after `failure` takes. Nothing if the service has had no work, or has asked for the retry. */
export function priceOf({ code, sent, retryAfter = 0, took = 0, retries = 0 }: PricedFailure): number {
  if (sent === 'no' || retryAfter > 0) return 0;
  if (code !== 'TIMEOUT' && took < SLOW_AFTER) return AFTER_FAST_FAILURE;
  return retries === 0 ? FIRST_AFTER_SLOW_FAILURE : NEXT_AFTER_SLOW_FAILURE;
}

/** Milliseconds of successes that are remembered, and the tenth of them by which `SlidingCount` moves on. */
const WINDOW = 10_000;
const SLICE = WINDOW / 10;

/**
 * The retries that one origin can still get: successes earn them, and each takes what its failure has cost the service. The most
 * that is saved up follows the rate of successes, because a busy process needs many to bridge a short outage, while many quiet
 * processes with as many each would hold an overloaded service down. A retry is decided if `tokens` are enough, and pays when it
 * is sent: paid before its wait, the same outage would need twice the stock.
 */
export class RetryBudget {
  private stock: number;
  /** Successes since `settledAt`, all of them in its slice. */
  private uncounted = 0;
  private settledAt: number;
  private sliceEnd: number;
  /** By the time since `startedAt`. */
  private readonly successes = new SlidingCount(WINDOW);

  /** @param startedAt milliseconds of a monotonic clock, as in all methods */
  constructor(
    private readonly settings: RetryBudgetSettings,
    private readonly startedAt: number,
  ) {
    this.stock = settings.reserve;
    this.settledAt = startedAt;
    this.sliceEnd = startedAt + SLICE;
  }

  succeeded(now: number): void {
    // Each healthy call comes by here: it only counts, and the rest waits for the next second or failure.
    if (now >= this.sliceEnd) this.settle(now);
    this.uncounted += 1;
  }

  /** Pays for a retry. @returns whether there was enough; if not, nothing is taken */
  take(price: number, now: number): boolean {
    if (this.tokens(now) < price) return false;
    this.stock -= price;
    return true;
  }

  /** For a retry that has succeeded, or was not sent after all. */
  giveBack(price: number): void {
    this.stock += price;
  }

  tokens(now: number): number {
    this.settle(now);
    return this.stock;
  }

  private settle(now: number): void {
    const { ratio, refill } = this.settings;
    const earned = this.uncounted * ratio + ((now - this.settledAt) / 1000) * refill;
    this.successes.add(this.settledAt - this.startedAt, this.uncounted);
    this.uncounted = 0;
    this.settledAt = now;
    this.sliceEnd = now + SLICE - ((now - this.startedAt) % SLICE);
    this.stock = Math.min(this.stock + earned, this.most(now));
  }

  /** Half of the reserve on top evens out chance: at low rates, one second may bring twice the calls of another. */
  private most(now: number): number {
    const { reserve, reserveWindow } = this.settings;
    const seconds = (WINDOW - (this.sliceEnd - now)) / 1000;
    return Math.max(reserve, reserve / 2 + (reserveWindow * this.successes.total(now - this.startedAt)) / seconds);
  }
}
