import { withJitter, type TokenClock } from './token-clock';

/** Milliseconds, for a token that lives for seconds. */
const FIRST_WAIT = 100;
/** Milliseconds. */
const MAX_WAIT = 30_000;
/** Waits between attempts to renew a token, as shares of its lifetime: many fit into the fifth that is left. */
const FIRST_WAIT_SHARE = 1 / 100;
const MAX_WAIT_SHARE = 1 / 40;

/** When to try again to renew a token that is still valid. No call waits meanwhile. Times are in milliseconds. */
export class RenewalPace {
  #failures = 0;
  #dueAt = -Infinity;

  constructor(
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  get isDue(): boolean {
    return this.clock.monotonic() >= this.#dueAt;
  }

  /** @param lifetime of the token that is still in use; 0 if there is none */
  failed(lifetime: number): void {
    const wait = Math.min(
      Math.max(lifetime * FIRST_WAIT_SHARE, FIRST_WAIT) * 2 ** this.#failures,
      Math.max(lifetime * MAX_WAIT_SHARE, FIRST_WAIT),
      MAX_WAIT,
    );
    this.#failures++;
    this.#dueAt = this.clock.monotonic() + withJitter(wait, this.random);
  }
}
