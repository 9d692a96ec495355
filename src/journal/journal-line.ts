import type { Attempt, Decision } from './attempt';

/** A line of the journal while it is being written. */
export class JournalLine implements Attempt {
  readonly startedAt = new Date();
  elapsed = 0;
  outcome: number | string | undefined = undefined;
  decision: Decision | undefined = undefined;
  reason: string | undefined = undefined;
  wait: number | undefined = undefined;
  readonly #start = performance.now();

  /** Only the first outcome counts. */
  end(outcome: number | string, decision?: Decision): void {
    if (this.outcome !== undefined) return;
    this.elapsed = toSeconds(performance.now() - this.#start);
    this.outcome = outcome;
    this.decision = decision;
  }

  /** Only the first decision counts. */
  decide(decision: Decision, reason: string, wait?: number): void {
    if (this.decision !== undefined) return;
    this.decision = decision;
    this.reason = reason;
    this.wait = wait;
  }
}

/** Rounded to microseconds. */
export function toSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1_000_000;
}
