import { Circuit } from './circuit';
import type { CircuitBreakerSettings } from './circuit-options';
import { Concurrency } from './concurrency';
import type { ConcurrencySettings } from './concurrency-options';
import { Gate } from './gate';
import { HedgeDelay } from './hedge-delay';
import type { HedgeQuantile } from './hedging-options';
import { Pacing } from './pacing';
import { RateLimit, type RateLimiter } from './rate-limit';
import type { RateLimitSettings } from './rate-limit-options';
import { RetryBudget } from './retry-budget';
import type { RetryBudgetSettings } from './retry-budget-options';
import { SendQueue } from './send-queue';
import { SharedRateLimit } from './shared-rate-limit';

/** Quantiles that are measured besides the first. */
const MOST_QUANTILES = 3;

/**
 * The state of one origin. Each rule is made when it is first asked for, with the settings of the client that asks: clients that
 * share origins should have the same.
 */
export class OriginState {
  /** Origin, and partition if there is one. */
  readonly key: string;
  /** Attempts under way or waiting. Counted by `OriginStates`. */
  inUse = 0;
  /** Neighbours among the idle states: idle for longer, and for a shorter time. */
  older: OriginState | undefined = undefined;
  newer: OriginState | undefined = undefined;

  /** When an attempt last succeeded, in milliseconds of the monotonic clock. The gate is made after that, and needs to know. */
  succeededAt = -Infinity;
  /** Made for the first response that closes it. */
  gate: Gate | undefined = undefined;
  budget: RetryBudget | undefined = undefined;
  pacing: Pacing | undefined = undefined;
  rateLimit: RateLimiter | undefined = undefined;
  /** Sends requests that are late for their turns. */
  sends: SendQueue | undefined = undefined;
  concurrency: Concurrency | undefined = undefined;
  circuit: Circuit | undefined = undefined;
  hedgeDelay: HedgeDelay | undefined = undefined;
  /** For calls with other quantiles. */
  otherHedgeDelays: HedgeDelay[] | undefined = undefined;

  constructor(key: string) {
    this.key = key;
  }

  gateOf(): Gate {
    return (this.gate ??= new Gate(this.succeededAt));
  }

  pacingOf(): Pacing {
    return (this.pacing ??= new Pacing());
  }

  /** @param now milliseconds on the monotonic clock */
  budgetOf(settings: RetryBudgetSettings, now: number): RetryBudget {
    return (this.budget ??= new RetryBudget(settings, now));
  }

  /** @param clock milliseconds on the monotonic clock */
  rateLimitOf(settings: RateLimitSettings, clock: () => number): RateLimiter {
    return (this.rateLimit ??= settings.store
      ? new SharedRateLimit(settings.store, settings.key ?? this.key, settings, clock)
      : new RateLimit(settings));
  }

  sendsOf(settings: RateLimitSettings): SendQueue {
    return (this.sends ??= new SendQueue(settings));
  }

  concurrencyOf(settings: ConcurrencySettings): Concurrency {
    return (this.concurrency ??= new Concurrency(settings));
  }

  circuitOf(settings: CircuitBreakerSettings): Circuit {
    return (this.circuit ??= new Circuit(settings));
  }

  hedgeDelayOf(quantile: HedgeQuantile): HedgeDelay {
    this.hedgeDelay ??= new HedgeDelay(quantile);
    return this.hedgeDelay.isOf(quantile) ? this.hedgeDelay : this.#otherHedgeDelay(quantile);
  }

  #otherHedgeDelay(quantile: HedgeQuantile): HedgeDelay {
    const others = (this.otherHedgeDelays ??= []);
    const known = others.find((one) => one.isOf(quantile));
    if (known) return known;
    const added = new HedgeDelay(quantile);
    if (others.unshift(added) > MOST_QUANTILES) others.pop();
    return added;
  }
}
