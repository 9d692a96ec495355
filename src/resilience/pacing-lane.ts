import type { AnnouncedLimit } from '../response/rate-limit-headers';

/** A call that is paced. Times are in milliseconds of the monotonic clock. */
export interface PacingTicket {
  readonly key: string;
  readonly arrivedAt: number;
  /** Position in the queue of its lane; set when it first asks. */
  place: number | undefined;
  /** How many requests were sent when it went, itself included. */
  stamp: number;
}

/** One limit. Requests are counted as in stamps: the service takes those up to `last` before `resetAt`. */
interface Window {
  readonly policy: string;
  last: number;
  resetAt: number;
  quota: number;
  length: number;
  /** Of the request whose response announced this. */
  stamp: number;
  heardAt: number;
  /** `last` and `stamp` of the first response in this window. */
  firstLast: number;
  firstStamp: number;
  /** Requests of all clients that share the limit, for each of our own. */
  share: number;
  /** Whether it began by the clock, and no response has confirmed it. */
  isGuess: boolean;
}

/** Longest time between two requests, so that a limit far in the future or a wrong header stops nobody. */
const LONGEST_GAP = 1_000;
/** Share of the quota that goes without waits. With more, clients that share it use it up before they learn of each other. */
const FREE = 0.25;
/** While more than that is left, a queue moves so many times faster than evenly. */
const HASTE = 4;
/** Own requests after which it shows how many others share the limit. */
const SAMPLE = 4;
const MOST_SHARES = 100;
/** Windows of one lane. */
const MOST_WINDOWS = 3;
/** Without news, a limit is forgotten after so many of its windows, and not before so many milliseconds. */
const FORGET_WINDOWS = 2;
const FORGET = 10_000;

/** The queue of the calls that share limits: it moves on by one place in each gap, and the gap follows from the limits. */
export class PacingLane {
  heardAt: number;
  private readonly windows: Window[] = [];
  /** Places given, and how far the queue has moved; a fraction counts. */
  private given = 0;
  private moved = 0;
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
    if (ticket.place === undefined && this.isFree && this.moved >= this.given) this.moved += 1;
    const place = (ticket.place ??= this.given++);
    const wait = Math.max((place - this.moved) * this.gap, this.exhaustedUntil() - now);
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
    const known = this.windows.find(({ policy }) => policy === limit.policy);
    if (known) {
      // Responses overtake each other.
      if (stamp >= known.stamp || now >= known.resetAt) update(known, now, stamp, this.sent, limit);
      return;
    }
    this.windows.push(windowOf(now, stamp, limit));
    if (this.windows.length > MOST_WINDOWS) this.windows.sort((a, b) => b.heardAt - a.heardAt).pop();
  }

  private move(now: number): void {
    if (this.gap > 0) this.moved = Math.min(this.given, this.moved + (now - this.movedAt) / this.gap);
    this.movedAt = now;
    for (let index = this.windows.length - 1; index >= 0; index -= 1) this.renew(now, index);
    this.setGap(now);
  }

  /** After its reset, a window is expected to begin anew. */
  private renew(now: number, index: number): void {
    const window = this.windows[index];
    if (!window || now < window.resetAt) return;
    if (now - window.heardAt > Math.max(FORGET, FORGET_WINDOWS * window.length)) {
      this.windows.splice(index, 1);
      return;
    }
    window.last = this.sent + window.quota;
    window.resetAt = now + window.length;
    window.isGuess = true;
  }

  private setGap(now: number): void {
    this.gap = 0;
    this.isFree = true;
    for (const window of this.windows) {
      const left = this.leftIn(window);
      const isFree = !window.isGuess && left > window.quota * (1 - FREE);
      const even = ((window.resetAt - now) * window.share) / Math.max(left, 1);
      this.gap = Math.max(this.gap, isFree ? even / HASTE : even);
      this.isFree &&= isFree;
    }
    this.gap = Math.min(this.gap, LONGEST_GAP);
  }

  /** What is left when all requests under way have been counted, those of others too. */
  private leftIn({ last, stamp, share, isGuess }: Window): number {
    const othersUnderWay = isGuess ? 0 : (share - 1) * (this.sent - stamp);
    return last - this.sent - othersUnderWay;
  }

  /** With nothing left, calls wait for the reset. If that is far, one goes in each longest gap. */
  private exhaustedUntil(): number {
    let until = -Infinity;
    for (const window of this.windows) {
      if (this.leftIn(window) >= 1) continue;
      until = Math.max(until, Math.min(window.resetAt, Math.max(this.sentAt, window.heardAt) + LONGEST_GAP));
    }
    return until;
  }
}

function windowOf(now: number, stamp: number, limit: AnnouncedLimit): Window {
  const { policy, remaining, reset, quota = remaining + 1 } = limit;
  const last = stamp + remaining;
  const length = Math.max(reset, 1) * 1000;
  const resetAt = now + length;
  return {
    policy,
    last,
    resetAt,
    quota,
    length,
    stamp,
    heardAt: now,
    firstLast: last,
    firstStamp: stamp,
    share: 1,
    isGuess: false,
  };
}

function update(window: Window, now: number, stamp: number, sent: number, limit: AnnouncedLimit): void {
  const news = windowOf(now, stamp, limit);
  const isSame = now < window.resetAt && !window.isGuess && news.last <= window.last;
  window.share = shareOf(window, news, sent);
  if (isSame) {
    // Seconds are rounded up: the earliest time that follows from any response is right.
    news.resetAt = Math.min(window.resetAt, news.resetAt);
    news.firstLast = window.firstLast;
    news.firstStamp = window.firstStamp;
  }
  if (limit.quota === undefined) news.quota = Math.max(window.quota, news.quota);
  news.length = Math.max(window.length, news.length);
  Object.assign(window, news, { share: window.share });
}

/** @param sent own requests that may have been counted: those that are under way, too */
function shareOf({ firstLast, firstStamp, share }: Window, { last, stamp }: Window, sent: number): number {
  const own = sent - firstStamp;
  const all = firstLast - last + stamp - firstStamp;
  if (own < SAMPLE || all < 0) return share;
  return Math.min(MOST_SHARES, Math.max(1, all / own));
}

function paceOf({ remaining, reset }: AnnouncedLimit): number {
  return remaining / Math.max(reset, 1);
}
