import type { SlotLease } from '../stores/rate-limit-store';
import { LeaseAhead } from './lease-ahead';

/** What a process knows about the schedule that it shares, from its leases. Times are in milliseconds on the monotonic clock. */
export class SharedSchedule {
  #last = -Infinity;
  #next = -Infinity;
  #leasedAt = -Infinity;
  #members = 1;

  /** The last slot that this process has leased. */
  get last(): number {
    return this.#last;
  }

  /** The next free slot, as the latest lease told it. */
  get next(): number {
    return this.#next;
  }

  /** Processes that share it, this one included. */
  get members(): number {
    return this.#members;
  }

  /** Until when all slots are taken: by the latest lease, and by others that may have leased more since. */
  takenUntil(now: number): number {
    return Math.max(this.#last, this.#next + Math.min(now - this.#leasedAt, LeaseAhead.longest));
  }

  leased(now: number, { slots, next, members }: SlotLease): void {
    this.#last = Math.max(this.#last, ...slots.map((slot) => now + slot));
    this.#next = now + next;
    this.#leasedAt = now;
    // A store that lost its memory counts from one again.
    this.#members = Math.max(members, this.#members - 1);
  }

  /** Slots that this process gives back. Without the last one, its slots end before the first of them. */
  returned(slots: readonly number[]): void {
    if (slots.includes(this.#last)) this.#last = Math.min(...slots);
  }
}
