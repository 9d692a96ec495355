import { checkInteger } from '../checks/values';
import { optionGroup } from '../checks/option-group';

/** How many attempts an origin gets at the same time. */
export interface ConcurrencyOptions {
  /** Most attempts under way at the same time: an integer from 1, or `Infinity`. @default Infinity */
  readonly limit?: number | undefined;
  /**
   * Most attempts that wait for others to end: an integer from 0, or `Infinity`. Further ones fail at once.
   *
   * @default Infinity
   */
  readonly queue?: number | undefined;
}

/** ConcurrencyOptions with all defaults. */
export interface ConcurrencySettings {
  readonly limit: number;
  readonly queue: number;
}

export const CONCURRENCY_OPTIONS = ['limit', 'queue'] as const satisfies readonly (keyof ConcurrencyOptions)[];

/** More slots than any process has sockets. */
const MOST = 1_000_000;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveConcurrency(given: ConcurrencyOptions | false = false): ConcurrencySettings {
  if (given === false) return { limit: Infinity, queue: Infinity };
  const options = optionGroup('concurrency', given, CONCURRENCY_OPTIONS, {
    expected: 'an object or false',
    ...(typeof given === 'number' && given >= 1 && { advice: `write \`{ limit: ${String(given)} }\`` }),
  });
  const { limit = Infinity, queue = Infinity } = options;
  if (limit !== Infinity) checkInteger('concurrency.limit', limit, 1, MOST);
  if (queue !== Infinity) checkInteger('concurrency.queue', queue, 0, MOST);
  if (options.limit === undefined && options.queue !== undefined) {
    throw new TypeError('Option `concurrency.queue` needs `concurrency.limit`: without a limit, no attempt waits');
  }
  return { limit, queue };
}

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
