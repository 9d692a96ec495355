import type { HedgeQuantile } from './hedging-options';

/** Responses whose geometric mean is the first estimate. It is too low, but the estimate rises faster than it falls. */
const WARM_UP = 10;

/** How far the responses move the estimate. */
const STEP = 0.1;

/** After many responses in a row on one side of the estimate, a step is this many times as long, at most. */
const FASTEST = 10;

/** Rows of faster responses that are longer come by chance 1 time in 20: `quantile ** (3 / (1 - quantile))`. */
const RARE = 3;

/** Slow responses come in clusters, so that two or three in a row say little. */
const CLUSTER = 3;

/** No timer is shorter. */
const SHORTEST = 1;

/**
 * The time within which `quantile` of an origin's responses arrive: each slower one moves the estimate up by 9.5 %, each faster
 * one down by 0.5 % (at 0.95), so that in the long run 5 % of the attempts are hedged, however the times are spread. Only
 * "slower or faster" counts, which is known of a leg that lost, too.
 *
 * A histogram with 96 buckets, halved every 128 calls, was simulated beside it. With 1 slow response in 50 both reach a p99 of
 * 24 ms instead of 500. The histogram needs ten times the memory, and 560 calls (this: 130) to follow a service that becomes
 * ten times faster.
 *
 * All times are milliseconds.
 */
export class HedgeDelay {
  readonly #minimumCalls: number;
  readonly #quantile: number;
  #calls = 0;
  #estimate = SHORTEST;
  #fasterInRow = 0;
  #slowerInRow = 0;

  constructor({ quantile, minimumCalls }: HedgeQuantile) {
    this.#minimumCalls = minimumCalls;
    this.#quantile = quantile;
  }

  /** Whether it was made with these settings. */
  isOf({ quantile, minimumCalls }: HedgeQuantile): boolean {
    return this.#quantile === quantile && this.#minimumCalls === minimumCalls;
  }

  /** How long to wait for a response before the second attempt; `undefined` until enough responses were measured. */
  delay(): number | undefined {
    return this.#calls < this.#minimumCalls ? undefined : this.#estimate;
  }

  /** Counts the success of an attempt. */
  record(elapsed: number): void {
    this.#calls += 1;
    if (this.#calls <= WARM_UP) this.#average(elapsed);
    else if (elapsed > this.#estimate) this.#rise(elapsed);
    else this.#fall();
  }

  /**
   * Counts an attempt that was cancelled because the other leg was faster: it would have taken at least this long. One that was
   * cancelled sooner than the estimate says nothing.
   */
  recordLost(elapsed: number): void {
    if (elapsed > this.#estimate) this.record(elapsed);
  }

  #average(elapsed: number): void {
    const weight = 1 / this.#calls;
    this.#estimate = this.#estimate ** (1 - weight) * Math.max(SHORTEST, elapsed) ** weight;
  }

  #rise(elapsed: number): void {
    this.#fasterInRow = 0;
    this.#slowerInRow += 1;
    const step = STEP * this.#quantile;
    const hasty = this.#estimate * (1 + step * haste(this.#slowerInRow / CLUSTER));
    this.#estimate = Math.max(this.#estimate * (1 + step), Math.min(elapsed, hasty));
  }

  #fall(): void {
    this.#slowerInRow = 0;
    this.#fasterInRow += 1;
    const rest = 1 - this.#quantile;
    const factor = 1 - STEP * rest * haste((this.#fasterInRow * rest) / RARE);
    this.#estimate = Math.max(SHORTEST, this.#estimate * factor);
  }
}

/** @param length of a row, as a multiple of one that comes by chance */
function haste(length: number): number {
  return Math.min(FASTEST, Math.max(1, 1 + 6 * (length - 1)));
}
