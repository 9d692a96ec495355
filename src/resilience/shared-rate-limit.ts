import { randomUUID } from 'node:crypto';
import type { RateLimitStore, SlotLease, SlotRequest } from '../stores/rate-limit-store';
import { raceWith } from '../util/race-with';
import { LeaseAhead } from './lease-ahead';
import { OwnShare } from './own-share';
import { latestTurn, type Rate, type RateLimiter } from './rate-limit';
import { SharedSchedule } from './shared-schedule';
import { Slots } from './slots';

/** Milliseconds after its time during which a slot may be used: any second has at most 5 % more requests than the rate. */
const HOLD = 50;
/** Slots of one lease. */
const MAX_COUNT = 1000;
/** Milliseconds without the store after it failed. */
const PAUSE = 1000;
/** Milliseconds after which a store counts as failed. That of this package fails sooner. */
const STORE_TIMEOUT = 1000;
/** Milliseconds that a reply of the store may take without an effect on the schedule. */
const LATENCY = 200;

interface Waiter {
  readonly deadline: number;
  readonly resolve: (at: number) => void;
}

/**
 * A rate that processes share: each leases slots of one schedule from a store, for all requests that wait and some more, and hands
 * them out by itself. If the store fails, each process keeps to its last known share of the rate, and no request fails.
 */
export class SharedRateLimit implements RateLimiter {
  readonly #member = randomUUID();
  readonly #interval: number;
  readonly #tolerance: number;
  readonly #slots: Slots;
  readonly #schedule = new SharedSchedule();
  readonly #ahead = new LeaseAhead();
  readonly #own = new OwnShare();
  #waiting: Waiter[] = [];
  #isLeasing = false;
  #isReturning = false;
  /** When the store, which has failed, is asked again. */
  #pausedUntil = -Infinity;

  /** @param clock milliseconds of the monotonic clock */
  constructor(
    private readonly store: RateLimitStore,
    private readonly key: string,
    readonly settings: Rate,
    private readonly clock: () => number,
  ) {
    this.#interval = 1000 / settings.rate;
    this.#tolerance = (settings.burst - 1) * this.#interval;
    this.#slots = new Slots(HOLD + this.#tolerance);
  }

  /** A promise only if the store has to be asked. */
  reserve(now: number, deadline = Infinity): number | Promise<number> {
    this.#ahead.requested();
    if (this.#own.isAlone && now >= this.#pausedUntil) this.#leaseOnce(now);
    if (this.#waiting.length === 0) {
      const at = this.#take(now, latestTurn(now, this.settings, deadline));
      if (at !== undefined) return at;
    }
    return new Promise((resolve) => {
      this.#waiting.push({ deadline, resolve });
      this.#leaseOnce(now);
    });
  }

  giveBack(at: number, now: number): void {
    if (this.#own.isAlone && at > this.#schedule.last) {
      this.#own.giveBack(at, now);
      return;
    }
    this.#slots.add(at);
    if (this.#isReturning || at <= now + LeaseAhead.longest) return;
    this.#isReturning = true;
    // Once for all requests that are cancelled together.
    setImmediate(() => {
      this.#isReturning = false;
      this.#return();
    });
  }

  nextAt(now: number): number {
    const next = this.#own.isAlone ? Infinity : this.#schedule.next;
    return Math.max(now, Math.min(next, this.#own.nextAt(now), this.#slots.first(now)));
  }

  /** `undefined` if only the store knows. */
  #take(now: number, latest: number): number | undefined {
    const at = this.#slots.first(now);
    if (this.#own.nextAt(now) < at) return this.#own.reserve(now, latest);
    if (at === Infinity) return undefined;
    if (at > latest) return Infinity;
    this.#slots.removeFirst();
    return Math.max(at, now);
  }

  /** One request to the store at a time: those that come meanwhile share the next one. */
  #leaseOnce(now: number): void {
    if (this.#isLeasing) return;
    this.#isLeasing = true;
    // Later in this turn of the event loop, for all requests that come in it.
    queueMicrotask(() => void this.#lease(now));
  }

  async #lease(now: number): Promise<void> {
    const deadline = this.#waiting.reduce((most, one) => Math.max(most, one.deadline), -Infinity);
    try {
      this.#accept(await this.#ask(this.#request(now, latestTurn(now, this.settings, deadline))));
    } catch {
      this.#fail();
    }
    this.#isLeasing = false;
    if (this.#waiting.length > 0) this.#leaseOnce(this.clock());
  }

  async #ask(request: SlotRequest): Promise<SlotLease> {
    return raceWith(this.store.lease(this.key, request), (_, reject) => {
      const timer = setTimeout(reject, STORE_TIMEOUT, new Error('The store did not reply'));
      return clearTimeout.bind(undefined, timer);
    });
  }

  #request(now: number, latest: number): SlotRequest {
    // The schedule continues behind the requests that have their slots already, even if the store has lost it. After an outage, it
    // starts when every process must have found the store again: until then, the others send at their shares of the rate.
    const busyFor = (this.#own.isAlone ? this.#own.nextAt(now) : this.#schedule.last + this.#interval - LATENCY) - now;
    const ahead = this.#ahead.slots(now, 1 / (this.#interval * this.#schedule.members));
    return {
      member: this.#member,
      count: Math.min(Math.max(1, this.#waiting.length) + ahead, MAX_COUNT),
      interval: this.#interval,
      earliest: busyFor > 0 ? busyFor : -this.#tolerance,
      start: this.#own.isAlone ? PAUSE : -this.#tolerance,
      latest: Math.max(latest - now, LeaseAhead.longest),
    };
  }

  /** @throws Error if the reply makes no sense */
  #accept(lease: SlotLease): void {
    const now = this.clock();
    const { slots, next } = lease;
    for (const slot of slots) this.#slots.add(now + slot);
    const { length } = this.#waiting;
    this.#serve(now, now + next);
    if (length > 0 && this.#waiting.length === length) throw new Error('No slot can be used');
    const [first = next] = slots;
    this.#own.endAt(now + first);
    this.#schedule.leased(now, lease);
    this.#ahead.leased(now, first);
  }

  #fail(): void {
    const now = this.clock();
    this.#pausedUntil = now + PAUSE;
    if (!this.#own.isAlone) {
      const { rate, burst, maxWait } = this.settings;
      const { members } = this.#schedule;
      const share = { rate: rate / members, burst: Math.max(1, burst / members), maxWait };
      this.#own.begin(share, this.#schedule.takenUntil(now), now);
    }
    this.#serve(now, -Infinity);
  }

  /** @param next time of the next slot that could be leased */
  #serve(now: number, next: number): void {
    this.#waiting = this.#waiting.filter(({ deadline, resolve }) => {
      // From now on: the time that the store took is no wait for a turn.
      const latest = latestTurn(now, this.settings, deadline);
      const at = this.#take(now, latest) ?? (latest < next ? Infinity : undefined);
      if (at !== undefined) resolve(at);
      return at === undefined;
    });
  }

  /** Slots of the near future stay: the next requests of this process need them. */
  #return(): void {
    if (this.#own.isAlone) return;
    const now = this.clock();
    const slots = this.#slots.removeAfter(now + LeaseAhead.longest);
    if (slots.length === 0) return;
    this.#schedule.returned(slots);
    const waits = slots.map((slot) => slot - now);
    // Nobody waits for it, so that a store that throws instead of rejecting would end the process.
    const tell = async (): Promise<void> => this.store.giveBack(this.key, waits, this.#interval);
    void tell().catch(() => undefined);
  }
}
