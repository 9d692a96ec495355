import { Slots } from './slots';

/** How a rate is kept; the settings of `rateLimit` that concern one process. */
export interface Rate {
  /** Requests per second. */
  readonly rate: number;
  /** Requests that may go at once after a quiet time. */
  readonly burst: number;
  /** Longest wait, in seconds. */
  readonly maxWait: number;
}

/** Latest time at which a request that comes now may be sent, in milliseconds as `now`. */
export function latestTurn(now: number, { maxWait }: Pick<Rate, 'maxWait'>, deadline: number): number {
  return Math.min(now + maxWait * 1000, deadline);
}

/** Tells each request when it may be sent. Times are in milliseconds on the monotonic clock. */
export interface RateLimiter {
  readonly settings: Rate;
  /**
   * Reserves the next slot.
   *
   * @param deadline a later slot is not reserved
   * @returns when the request may be sent: at once if that is not after `now`; `Infinity` if it would be after the longest wait or
   *   the deadline, and nothing is reserved
   */
  reserve(now: number, deadline?: number): number | Promise<number>;
  /** Gives back what `reserve` returned, for a request that is not sent. */
  giveBack(at: number, now: number): void;
  /** When a request that comes now could be sent. */
  nextAt(now: number): number;
}

/**
 * A rate as a schedule (GCRA): each request takes the next slot, and slots are 1 / `rate` apart. The schedule may lag behind the
 * clock by `burst` - 1 slots, so that a burst can follow a quiet time. One number is the whole state, and there is no timer that
 * refills anything.
 */
export class RateLimit implements RateLimiter {
  readonly #interval: number;
  readonly #tolerance: number;
  /** Time of the next slot, if that is not too far behind the clock. */
  #next: number;
  /** Slots before `#next` that were given back. */
  #free: Slots | undefined;

  /** @param start time before which there is no slot */
  constructor(
    readonly settings: Rate,
    start = -Infinity,
  ) {
    const { rate, burst } = settings;
    this.#interval = 1000 / rate;
    this.#tolerance = (burst - 1) * this.#interval;
    this.#next = start;
  }

  reserve(now: number, deadline = Infinity): number {
    const latest = latestTurn(now, this.settings, deadline);
    if (this.#free !== undefined) return this.#reserveFree(this.#free, now, latest);
    const slot = Math.max(this.#next, now - this.#tolerance);
    const at = Math.max(slot, now);
    if (at > latest) return Infinity;
    this.#next = slot + this.#interval;
    return at;
  }

  giveBack(at: number, now: number): void {
    const last = this.#next - this.#interval;
    // A slot in the middle of a queue keeps its time: the requests around it have theirs, and two at once would exceed the rate.
    if (last > now && at < last - this.#interval / 2) {
      if (at > now) (this.#free ??= new Slots(0)).add(at);
      return;
    }
    this.#next = last;
    while (this.#free !== undefined && this.#free.last > this.#next - this.#interval * 1.5) {
      this.#free.removeLast();
      this.#next -= this.#interval;
      if (this.#free.size === 0) this.#free = undefined;
    }
  }

  nextAt(now: number): number {
    return Math.max(now, Math.min(this.#next, this.#free?.first(now) ?? Infinity));
  }

  #reserveFree(free: Slots, now: number, latest: number): number {
    const at = free.first(now);
    if (at === Infinity) {
      this.#free = undefined;
      return this.reserve(now, latest);
    }
    if (at > latest) return Infinity;
    free.removeFirst();
    return at;
  }
}
