import type { RetryBudget } from './retry-budget';

/** The price of one retry. It is paid when the retry is sent, and given back if that succeeds, or is not sent after all. */
export class RetryTicket {
  #isPaid = false;

  constructor(
    private readonly budget: RetryBudget,
    private readonly price: number,
  ) {}

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
