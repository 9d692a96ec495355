import { withJitter, type TokenClock } from './token-clock';

/** Milliseconds. Waits start here and double with each failure. */
const FIRST_PAUSE = 100;
/**
 * Limit while calls wait: long enough that an issuer gets two requests a second under load, and short enough that a
 * waiting caller still sees its call fail at once.
 */
const MAX_PAUSE = 500;
/** After this time without a failure, the next failure counts as the first. */
const RESET_AFTER = 60_000;

/** Recent failures of a token or of its issuer, and when to ask again. Times are in milliseconds on the monotonic clock. */
export class RecentFailures {
  #count = 0;
  #failedAt = -Infinity;
  #pausedUntil = -Infinity;
  #refusal: { readonly failure: Error; readonly until: number } | undefined;

  constructor(
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  /** How many there were since the last success; 0 if the last one was too long ago. */
  get count(): number {
    return this.clock.monotonic() - this.#failedAt < RESET_AFTER ? this.#count : 0;
  }

  /** The last failure, as long as another request would fail in the same way. */
  get refusal(): Error | undefined {
    return this.#refusal && this.clock.monotonic() < this.#refusal.until ? this.#refusal.failure : undefined;
  }

  /**
   * How long to delay an attempt that calls wait for. Calls are delayed and do not get the last failure, so that an
   * issuer that has recovered serves the next call.
   */
  get pause(): number {
    return Math.max(0, this.#pausedUntil - this.clock.monotonic());
  }

  /** @param repeatsFor milliseconds for which another request would fail in the same way */
  failed(failure: Error, repeatsFor: number): void {
    const { count } = this;
    const now = this.clock.monotonic();
    const pause = Math.min(FIRST_PAUSE * 2 ** count, MAX_PAUSE);
    this.#count = count + 1;
    this.#failedAt = now;
    this.#pausedUntil = now + withJitter(pause, this.random);
    this.#refusal = repeatsFor > 0 ? { failure, until: now + repeatsFor } : undefined;
  }

  succeeded(): void {
    this.#count = 0;
    this.#pausedUntil = -Infinity;
    this.#refusal = undefined;
  }
}
