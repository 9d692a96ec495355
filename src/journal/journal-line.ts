import type { Attempt, Decision } from './attempt';

/** A line of the journal while it is being written. */
export class JournalLine implements Attempt {
  // Not initialised: a log shows what is there, and a line that nobody looks at takes 0.1 KB less of a call that waits.
  declare startedAt: Date;
  declare elapsed: number;
  declare outcome?: number | string;
  declare decision?: Decision;
  declare reason?: string;
  declare wait?: number;
  declare hedge?: true;
  readonly #date = Date.now();
  readonly #start = performance.now();

  static {
    // What a log calls it, also after a minifier has renamed the class.
    Object.defineProperty(this, 'name', { value: 'Attempt' });
  }

  /** When the outcome came, in milliseconds on the monotonic clock. */
  get endedAt(): number {
    return this.#start + this.elapsed * 1000;
  }

  /** To be called before it can be seen. */
  show(): this {
    if (Object.hasOwn(this, 'startedAt')) return this;
    this.startedAt = new Date(this.#date);
    this.elapsed = 0;
    return this;
  }

  /**
   * Only the first outcome counts.
   *
   * @param at when it was known, on the monotonic clock; ignored if that is before the attempt or in the future
   */
  end(outcome: number | string, decision?: Decision, at = Infinity): void {
    if (this.outcome !== undefined) return;
    this.show();
    const now = performance.now();
    this.elapsed = toSeconds((at >= this.#start && at < now ? at : now) - this.#start);
    this.outcome = outcome;
    if (decision !== undefined) this.decision = decision;
  }

  /** Only the first decision counts. */
  decide(decision: Decision, reason: string, wait?: number): void {
    if (this.decision !== undefined) return;
    this.decision = decision;
    this.reason = reason;
    if (wait !== undefined) this.wait = wait;
  }

  /** The retry that was decided is not made after all. */
  revoke(reason: string): void {
    this.decision = 'fail';
    this.reason = reason;
  }
}

/** Rounded to microseconds. */
export function toSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1_000_000;
}
