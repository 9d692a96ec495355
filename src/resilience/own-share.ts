import { RateLimit, type Rate } from './rate-limit';

/**
 * A process's share of a rate, which takes the place of the shared schedule while the store fails, and after that until the first slot
 * of the schedule. Requests that have a slot keep it in both changes, so that none fails and none is sent twice as fast.
 */
export class OwnShare {
  #limit: RateLimit | undefined;
  #until = -Infinity;

  /** Whether there is no other schedule now. */
  get isAlone(): boolean {
    return this.#until === Infinity;
  }

  /** @param from time before which the slots are taken */
  begin(rate: Rate, from: number, now: number): void {
    this.#limit = new RateLimit(rate, Math.max(from, this.#limit?.nextAt(now) ?? -Infinity));
    this.#until = Infinity;
  }

  endAt(time: number): void {
    this.#until = this.#limit === undefined ? -Infinity : time;
  }

  /** When a request that comes now could be sent; `Infinity` if the share does not apply then. */
  nextAt(now: number): number {
    if (this.#limit === undefined) return Infinity;
    const next = this.#limit.nextAt(now);
    if (next < this.#until) return next;
    this.#limit = undefined;
    return Infinity;
  }

  /** @returns `Infinity` if the slot would be after `latest` */
  reserve(now: number, latest: number): number {
    return this.#limit?.reserve(now, latest) ?? Infinity;
  }

  giveBack(at: number, now: number): void {
    this.#limit?.giveBack(at, now);
  }
}
