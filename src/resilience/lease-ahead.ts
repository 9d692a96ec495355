/** Milliseconds of its demand that a process leases ahead: little while slots are free at once, because unused ones are lost … */
const AHEAD = 25;
/** … and more while requests queue, because slots of the future are used almost for certain. */
const AHEAD_OF_QUEUE = 200;
/** A first slot later than this means that requests queue. */
const QUEUE = 50;

/** How many slots a process leases for requests that have not come yet, judged by those since the last lease. */
export class LeaseAhead {
  /** No slot is leased for a request that comes later than this, in milliseconds. */
  static readonly longest = AHEAD_OF_QUEUE;
  #requests = 0;
  #leasedAt = -Infinity;
  #isQueueing = false;

  requested(): void {
    this.#requests++;
  }

  /** @param wait milliseconds until the first slot of the lease */
  leased(now: number, wait: number): void {
    this.#requests = 0;
    this.#leasedAt = now;
    this.#isQueueing = wait > QUEUE;
  }

  /** @param share requests per millisecond; more cannot be sent for long */
  slots(now: number, share: number): number {
    const demand = this.#requests / Math.max(now - this.#leasedAt, 1);
    return Math.floor(Math.min(demand, share) * (this.#isQueueing ? AHEAD_OF_QUEUE : AHEAD));
  }
}
