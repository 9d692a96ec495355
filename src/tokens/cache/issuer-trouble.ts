import type { TokenClock } from './token-clock';

/** Milliseconds. The waits double from failure to failure. */
const FIRST_PAUSE = 100;
/**
 * While calls wait: long enough that an issuer under a load of calls gets two requests a second, short enough that the
 * caller of a call that waits for it takes its failure for one that came at once.
 */
const MAX_PAUSE = 500;
/** While the old token serves, and so nobody waits. */
const MAX_WAIT = 30_000;
/** Of a token's lifetime, the waits between tries to renew it: of the fifth that is left, many fit in. */
const FIRST_WAIT_SHARE = 1 / 100;
const MAX_WAIT_SHARE = 1 / 40;
/** After that long without a failure, the next is the first again. */
const RESET_AFTER = 60_000;

/** What went wrong lately with an issuer, and when to ask it again. Times are in milliseconds on the monotonic clock. */
export class IssuerTrouble {
  #failures = 0;
  #failedAt = -Infinity;
  #renewAt = -Infinity;
  #refusal: { readonly failure: Error; readonly until: number } | undefined;

  constructor(
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  /** Whether the last attempts failed. */
  get isFailing(): boolean {
    return this.#failures > 0 && this.clock.monotonic() - this.#failedAt < RESET_AFTER;
  }

  /** A failure that would only come again. */
  get refusal(): Error | undefined {
    return this.#refusal && this.clock.monotonic() < this.#refusal.until ? this.#refusal.failure : undefined;
  }

  /** Whether it is time to try to renew a token that still serves. */
  get mayRenew(): boolean {
    return this.clock.monotonic() >= this.#renewAt && this.refusal === undefined;
  }

  /**
   * How long a try that calls wait for is put off. Put off, and not answered with the last failure: so an issuer that is
   * back serves the very next call.
   */
  get pause(): number {
    if (!this.isFailing) return 0;
    const pause = this.#withJitter(Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), MAX_PAUSE));
    return Math.max(0, this.#failedAt + pause - this.clock.monotonic());
  }

  /**
   * @param lifetime of the token that still serves
   * @param refusalTime for how long the failure would only come again
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

  /** By lot, so that processes do not come back all at once. */
  #withJitter(wait: number): number {
    return wait * (0.5 + this.random() / 2);
  }
}
