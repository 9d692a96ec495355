import type { AnnouncedLimit } from '../response/rate-limit-headers';
import { PacingWindow } from './pacing-window';

/** A call that is paced. */
export interface PacingTicket {
  readonly key: string;
  /** Position in the queue of its lane; set when it first asks. */
  place: number | undefined;
  /** How many requests were sent when it went, itself included. */
  stamp: number;
}

/** Longest time between two requests, so that a limit far in the future or a wrong header stops nobody. */
const LONGEST_GAP = 1_000;
/** While a limit is free, a queue moves so many times faster than evenly. */
const HASTE = 4;
/** Windows of one lane. */
const MOST_WINDOWS = 3;

/**
 * The queue of the calls that share limits: it moves on by one place in each gap, and the gap follows from the limits. While all
 * of them are free and nobody queues, it moves at once. Times are in milliseconds of the monotonic clock.
 */
export class PacingLane {
  heardAt: number;
  private readonly windows: PacingWindow[] = [];
  /** The place that the next call gets. */
  private nextPlace = 0;
  /** Places below have had their turn; a fraction counts. */
  private turn = 0;
  private movedAt: number;
  private gap = 0;
  private isFree = true;
  private sentAt = -Infinity;

  /** @param sent requests so far */
  constructor(
    readonly key: string,
    now: number,
    public sent: number,
  ) {
    this.heardAt = now;
    this.movedAt = now;
  }

  get isForgotten(): boolean {
    return this.windows.length === 0;
  }

  ask(now: number, ticket: PacingTicket): number {
    this.move(now);
    if (ticket.place === undefined && this.isFree && this.turn >= this.nextPlace) this.turn += 1;
    const place = (ticket.place ??= this.nextPlace++);
    const wait = Math.max((place - this.turn) * this.gap, this.exhaustedUntil() - now);
    if (wait >= 1) return Math.min(wait, LONGEST_GAP);
    this.sentAt = now;
    ticket.stamp = ++this.sent;
    return 0;
  }

  heard(now: number, stamp: number, limits: readonly AnnouncedLimit[]): void {
    this.move(now);
    this.heardAt = now;
    const tightest = limits.length > MOST_WINDOWS ? [...limits].sort((a, b) => paceOf(a) - paceOf(b)) : limits;
    for (const limit of tightest.slice(0, MOST_WINDOWS)) this.hear(now, stamp, limit);
    this.setGap(now);
  }

  private hear(now: number, stamp: number, limit: AnnouncedLimit): void {
    const index = this.windows.findIndex(({ policy }) => policy === limit.policy);
    const known = this.windows[index];
    if (known) {
      this.windows[index] = known.heard(now, stamp, this.sent, limit);
      return;
    }
    this.windows.push(new PacingWindow(now, stamp, limit));
    if (this.windows.length > MOST_WINDOWS) this.windows.sort((a, b) => b.heardAt - a.heardAt).pop();
  }

  private move(now: number): void {
    if (this.gap > 0) this.turn = Math.min(this.nextPlace, this.turn + (now - this.movedAt) / this.gap);
    this.movedAt = now;
    for (let index = this.windows.length - 1; index >= 0; index -= 1) {
      if (this.windows[index]?.renew(now, this.sent) === false) this.windows.splice(index, 1);
    }
    this.setGap(now);
  }

  private setGap(now: number): void {
    this.gap = 0;
    this.isFree = true;
    for (const window of this.windows) {
      const isFree = window.isFree(this.sent);
      const even = window.evenGap(now, this.sent);
      this.gap = Math.max(this.gap, isFree ? even / HASTE : even);
      this.isFree &&= isFree;
    }
    this.gap = Math.min(this.gap, LONGEST_GAP);
  }

  /** With nothing left, calls wait for the reset. If that is far, one goes in each longest gap. */
  private exhaustedUntil(): number {
    let until = -Infinity;
    for (const window of this.windows) {
      if (window.left(this.sent) >= 1) continue;
      until = Math.max(until, Math.min(window.resetAt, Math.max(this.sentAt, window.heardAt) + LONGEST_GAP));
    }
    return until;
  }
}

function paceOf({ remaining, reset }: AnnouncedLimit): number {
  return remaining / Math.max(reset, 1);
}
