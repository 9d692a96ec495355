import type { AnnouncedLimit } from '../response/rate-limit-headers';

/** Share of the quota that goes without waits. With more, clients that share it use it up before they learn of each other. */
const FREE = 0.25;
/** Own requests after which it shows how many others share the limit. */
const SAMPLE = 4;
const MOST_SHARES = 100;
/** Without news, a limit is forgotten after so many of its windows, and not before so many milliseconds. */
const FORGET_WINDOWS = 2;
const FORGET = 10_000;

/**
 * The current window of one limit: the service takes the requests up to number `last` before `resetAt`. Requests are numbered by
 * their stamps, and times are in milliseconds of the monotonic clock.
 */
export class PacingWindow {
  readonly policy: string;
  resetAt: number;
  /** When a response last named the limit. */
  readonly heardAt: number;
  private last: number;
  private quota: number;
  private length: number;
  /** Of the request whose response announced this. */
  private readonly stamp: number;
  /** `last` and `stamp` of the first response in this window. */
  private firstLast: number;
  private firstStamp: number;
  /** Requests of all clients that share the limit, for each of our own. */
  private share = 1;
  /** Whether it began by the clock, and no response has confirmed it. */
  private isGuess = false;

  constructor(now: number, stamp: number, { policy, remaining, reset, quota = remaining + 1 }: AnnouncedLimit) {
    this.policy = policy;
    this.length = Math.max(reset, 1) * 1000;
    this.resetAt = now + this.length;
    this.heardAt = now;
    this.quota = quota;
    this.stamp = this.firstStamp = stamp;
    this.last = this.firstLast = stamp + remaining;
  }

  /** The window after another response has named the limit. @param sent own requests so far */
  heard(now: number, stamp: number, sent: number, limit: AnnouncedLimit): PacingWindow {
    // Responses overtake each other.
    if (stamp < this.stamp && now < this.resetAt) return this;
    const news = new PacingWindow(now, stamp, limit);
    news.share = this.shareBy(news, sent);
    if (now < this.resetAt && !this.isGuess && news.last <= this.last) {
      // Seconds are rounded up: the earliest time that follows from any response is right.
      news.resetAt = Math.min(this.resetAt, news.resetAt);
      news.firstLast = this.firstLast;
      news.firstStamp = this.firstStamp;
    }
    if (limit.quota === undefined) news.quota = Math.max(this.quota, news.quota);
    news.length = Math.max(this.length, news.length);
    return news;
  }

  /** After its reset, a window is expected to begin anew. @returns `false` if the limit is to be forgotten */
  renew(now: number, sent: number): boolean {
    if (now < this.resetAt) return true;
    if (now - this.heardAt > Math.max(FORGET, FORGET_WINDOWS * this.length)) return false;
    this.last = sent + this.quota;
    this.resetAt = now + this.length;
    this.isGuess = true;
    return true;
  }

  /** What is left when all requests under way have been counted, those of others too. */
  left(sent: number): number {
    const othersUnderWay = this.isGuess ? 0 : (this.share - 1) * (sent - this.stamp);
    return this.last - sent - othersUnderWay;
  }

  /** Whether so much is left that requests need not wait. */
  isFree(sent: number): boolean {
    return !this.isGuess && this.left(sent) > this.quota * (1 - FREE);
  }

  /** Milliseconds between two requests that spread what is left evenly over the time until the reset. */
  evenGap(now: number, sent: number): number {
    return ((this.resetAt - now) * this.share) / Math.max(this.left(sent), 1);
  }

  /** @param sent own requests that may have been counted: those that are under way, too */
  private shareBy({ last, stamp }: PacingWindow, sent: number): number {
    const own = sent - this.firstStamp;
    const all = this.firstLast - last + stamp - this.firstStamp;
    if (own < SAMPLE || all < 0) return this.share;
    return Math.min(MOST_SHARES, Math.max(1, all / own));
  }
}
