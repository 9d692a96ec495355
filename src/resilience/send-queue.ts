import { LONGEST_TIMER } from '../util/longest-timer';
import { RateLimit, type Rate } from './rate-limit';

/** Seconds by which a request may be late for its turn without an effect on the next: a second has at most 5 % more. */
const SLACK = 0.05;

/**
 * Requests that are late for their turns under a rate limit, first come, first served. Each gets its time when it is sent: in a
 * process that is busy again and again, times that were given out before would pass for several at once.
 */
export class SendQueue {
  readonly #interval: number;
  /** The rate by when requests really went, not by their turns. */
  readonly #sent: RateLimit;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ rate, burst }: Pick<Rate, 'rate' | 'burst'>) {
    this.#interval = 1000 / rate;
    this.#sent = new RateLimit({ rate, burst: burst + rate * SLACK, maxWait: Infinity });
  }

  /** Whether a request may be sent at once, which counts as sent. */
  send(now: number): boolean {
    if (this.backlog(now) > 0) return false;
    this.#sent.reserve(now);
    return true;
  }

  /** Milliseconds until a request that comes now could be sent. */
  backlog(now: number): number {
    return this.#sent.nextAt(now) - now + this.lateness;
  }

  /** Milliseconds by which those in the queue delay a request behind them, whenever its turn is. */
  get lateness(): number {
    return this.#waiting.size * this.#interval;
  }

  /**
   * @param go is called when the request may be sent
   * @returns a function that leaves the queue
   */
  join(go: () => void, now: number): () => void {
    this.#waiting.add(go);
    this.#timer ??= this.#startTimer(now);
    return () => {
      this.#waiting.delete(go);
      if (this.#waiting.size === 0) this.#stopTimer();
    };
  }

  #startTimer(now: number): NodeJS.Timeout {
    const next = this.#sent.nextAt(now);
    return setTimeout(this.#serve.bind(this, next), Math.min(Math.ceil(next - now), LONGEST_TIMER));
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #serve(next: number): void {
    // Where a test replaces the timers, the clock may not have reached it.
    const now = Math.max(performance.now(), next);
    for (const go of this.#waiting) {
      if (this.#sent.nextAt(now) > now) break;
      this.#sent.reserve(now);
      this.#waiting.delete(go);
      go();
    }
    this.#timer = this.#waiting.size > 0 ? this.#startTimer(now) : undefined;
  }
}
