import type { Decision } from '../journal/attempt';
import type { JournalLine } from '../journal/journal-line';
import type { Call } from './call';

/**
 * What one attempt remembers. It travels in the axios config, under `attempt`: two attempts of one call may run at once, and
 * each must find its own.
 */
export class AttemptState {
  /** Whether the token source has another token in place of the one that the service refused. */
  tokenRenewed = false;
  /** Whether the response forbids a retry, even if its body never arrived. */
  retryForbidden = false;

  #line: JournalLine | undefined;

  /** @param previous whose config is sent again: the attempt before, or the last one of a call that is over */
  constructor(
    readonly call: Call,
    public previous?: AttemptState,
  ) {
    // One step back is all that is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** Seconds from the dispatch to the outcome. */
  get elapsed(): number {
    return this.#line?.elapsed ?? 0;
  }

  dispatched(): void {
    this.#line = this.call.addLine();
  }

  ended(outcome: number | string, decision?: Decision): void {
    this.#line?.end(outcome, decision);
  }

  /** An attempt that failed before it was dispatched (its token did) has no line. */
  decided(decision: Decision, reason: string, wait?: number): void {
    this.#line?.decide(decision, reason, wait);
  }
}
