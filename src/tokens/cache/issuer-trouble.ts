import type { TokenClock } from './token-clock';

/** Milliseconds. Waits start here and double with each failure. */
const FIRST_PAUSE = 100;
/**
 * Limit while calls wait: long enough that an issuer gets two requests a second under load, and short enough that a
 * waiting caller still sees its call fail at once.
 */
const MAX_PAUSE = 500;
/** Limit while the old token is still valid, so that no call waits. */
const MAX_WAIT = 30_000;
/** Waits between attempts to renew a token, as shares of its lifetime: many fit into the fifth that is left. */
const FIRST_WAIT_SHARE = 1 / 100;
const MAX_WAIT_SHARE = 1 / 40;
/** After this time without a failure, the next failure counts as the first. */
const RESET_AFTER = 60_000;

/** Recent failures of an issuer, and when to ask it again. Times are in milliseconds on the monotonic clock. */
export class IssuerTrouble {
  #failures = 0;
  #failedAt = -Infinity;
  #renewAt = -Infinity;
  #refusal: { readonly failure: Error; readonly until: number } | undefined;

  constructor(
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  /** Whether the last attempt failed, and not too long ago. */
  get isFailing(): boolean {
    return this.#failures > 0 && this.clock.monotonic() - this.#failedAt < RESET_AFTER;
  }

  /** The last failure, as long as another request would fail in the same way. */
  get refusal(): Error | undefined {
    return this.#refusal && this.clock.monotonic() < this.#refusal.until ? this.#refusal.failure : undefined;
  }

  /** Whether to try to renew a token that is still valid. */
  get mayRenew(): boolean {
    return this.clock.monotonic() >= this.#renewAt && this.refusal === undefined;
  }

  /**
   * How long to delay an attempt that calls wait for. Calls are delayed and do not get the last failure, so that an
   * issuer that has recovered serves the next call.
   */
  get pause(): number {
    if (!this.isFailing) return 0;
    const pause = this.#withJitter(Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), MAX_PAUSE));
    return Math.max(0, this.#failedAt + pause - this.clock.monotonic());
  }

  /**
   * @param lifetime of the token that is still in use; 0 if there is none
   * @param refusalTime for which another request would fail in the same way
   */
  failed(failure: Error, lifetime: number, refusalTime: number): void {
    if (!this.isFailing) this.#failures = 0;
    const now = this.clock.monotonic();
    const wait = Math.min(
      Math.max(lifetime * FIRST_WAIT_SHARE, FIRST_PAUSE) * 2 ** this.#failures,
      Math.max(lifetime * MAX_WAIT_SHARE, FIRST_PAUSE),
      MAX_WAIT,
    );
    this.#failures++;
    this.#failedAt = now;
    this.#renewAt = now + this.#withJitter(wait);
    this.#refusal = refusalTime > 0 ? { failure, until: now + refusalTime } : undefined;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#renewAt = -Infinity;
    this.#refusal = undefined;
  }

  /** Random, so that processes do not all retry at the same time. */
  #withJitter(wait: number): number {
    return wait * (0.5 + this.random() / 2);
  }
}
