import type { ConcurrencySettings } from './concurrency-options';

/** `new` until it is acquired, `done` once it is released; both happen once. */
type SlotState = 'new' | 'held' | 'waiting' | 'refused' | 'done';

/** The slot of one attempt. Each attempt has another, so that a late release cannot free the slot of the next. */
export class Slot {
  state: SlotState = 'new';
  /** Called once when a waiting slot is granted; it must not throw. Only an attempt that waits needs one. */
  grant: (() => void) | undefined = undefined;
  /** Neighbours in the queue. */
  before: Slot | undefined = undefined;
  after: Slot | undefined = undefined;
}

/**
 * At most `limit` attempts are under way; the next ones wait in the order in which they came, and beyond `queue` of them are
 * refused. A slow service thereby costs the process a fixed number of sockets, and gets no more work than it can do.
 */
export class Concurrency {
  readonly #settings: ConcurrencySettings;
  #active = 0;
  #waiting = 0;
  #first: Slot | undefined = undefined;
  #last: Slot | undefined = undefined;
  #isGranting = false;

  constructor(settings: ConcurrencySettings) {
    this.#settings = settings;
  }

  /** Attempts under way. */
  get active(): number {
    return this.#active;
  }

  /** Attempts that wait for a slot. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether the next attempt would wait. */
  get isFull(): boolean {
    return this.#active >= this.#settings.limit || this.#first !== undefined;
  }

  /** Takes a slot, or a place in the queue. The result is the state of the slot: `held`, `waiting` or `refused`. */
  acquire(slot: Slot): SlotState {
    if (slot.state !== 'new') return slot.state;
    // Waiters come first, also while a slot is being handed on.
    if (!this.isFull) {
      this.#active += 1;
      slot.state = 'held';
    } else if (this.#waiting < this.#settings.queue) {
      this.#append(slot);
      slot.state = 'waiting';
    } else {
      slot.state = 'refused';
    }
    return slot.state;
  }

  /** Gives the slot to the first that waits, or leaves the queue. A second release does nothing. */
  release(slot: Slot): void {
    const { state } = slot;
    if (state !== 'held' && state !== 'waiting') return;
    slot.state = 'done';
    if (state === 'waiting') {
      this.#remove(slot);
    } else {
      this.#active -= 1;
      this.#grantFree();
    }
  }

  /** In a loop: a `grant` that releases its slot at once would otherwise call itself for each of a thousand waiters. */
  #grantFree(): void {
    if (this.#isGranting) return;
    this.#isGranting = true;
    try {
      while (this.#first !== undefined && this.#active < this.#settings.limit) {
        const slot = this.#first;
        this.#remove(slot);
        this.#active += 1;
        slot.state = 'held';
        slot.grant?.();
      }
    } finally {
      this.#isGranting = false;
    }
  }

  #append(slot: Slot): void {
    slot.before = this.#last;
    if (this.#last === undefined) this.#first = slot;
    else this.#last.after = slot;
    this.#last = slot;
    this.#waiting += 1;
  }

  #remove(slot: Slot): void {
    const { before, after } = slot;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    slot.before = undefined;
    slot.after = undefined;
    this.#waiting -= 1;
  }
}
