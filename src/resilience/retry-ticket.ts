import type { OriginState } from './origin-state';
import { priceOf, type PricedFailure, type RetryBudget } from './retry-budget';
import type { RetryBudgetSettings } from './retry-budget-options';

/** The price of one retry. It is paid when the retry is sent, and given back if that succeeds, or is not sent after all. */
export class RetryTicket {
  #isPaid = false;

  /**
   * @param origin whose budget it is
   * @param price in tokens
   */
  constructor(
    readonly origin: string,
    private readonly budget: RetryBudget,
    readonly price: number,
  ) {}

  /** Tokens that the budget has. */
  left(now: number): number {
    return this.budget.tokens(now);
  }

  /** Whether the budget has enough now. */
  isAffordable(now: number): boolean {
    return this.budget.tokens(now) >= this.price;
  }

  /** @returns whether the budget had enough */
  pay(now: number): boolean {
    this.#isPaid = this.budget.take(this.price, now);
    return this.#isPaid;
  }

  /** Only the first call counts. */
  giveBack(): void {
    if (this.#isPaid) this.budget.giveBack(this.price);
    this.#isPaid = false;
  }
}

/**
 * The ticket for a retry after `failure`; `undefined` if that is free.
 *
 * @param now milliseconds on the monotonic clock
 */
export function ticketFor(
  failure: PricedFailure,
  origin: Pick<OriginState, 'key' | 'budgetOf'>,
  settings: RetryBudgetSettings,
  now: number,
): RetryTicket | undefined {
  const price = priceOf(failure);
  return price === 0 ? undefined : new RetryTicket(origin.key, origin.budgetOf(settings, now), price);
}
