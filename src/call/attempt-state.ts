import type { InternalAxiosRequestConfig } from 'axios';
import type { Decision } from '../journal/attempt';
import type { JournalLine } from '../journal/journal-line';
import { findName } from '../util/header-names';
import type { Call } from './call';

type Headers = InternalAxiosRequestConfig['headers'];

/**
 * What one attempt remembers. It travels in the axios config, under `attempt`: two attempts of one call may run at once, and
 * each must find its own.
 */
export class AttemptState {
  /** Whether the token that was sent came from the client's source. */
  hasSourceToken = false;
  /** Whether the source has another token in place of the one that the service refused. */
  tokenRenewed = false;
  /** Whether the response forbids a retry, even if its body never arrived. */
  retryForbidden = false;

  #line: JournalLine | undefined;
  /** Private, because an attempt is printed with its config: `Authorization` is among them. */
  #headers: Record<string, string> | undefined;

  /** @param previous whose config is sent again: the attempt before, or the last one of a call that is over */
  constructor(
    readonly call: Call,
    public previous?: AttemptState,
  ) {
    // One step back is all that is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** Sets a header for this attempt only. As axios has it, the value `false` keeps a header from being set. */
  setHeader(headers: Headers, name: string, value: string): void {
    const present = findName(headers, name.toLowerCase());
    if (present !== undefined && headers[present] === false) return;
    headers[present ?? name] = value;
    (this.#headers ??= {})[name] = value;
  }

  /**
   * Takes back what this attempt set. A retry brings back the headers of the previous attempt: its token would pass for one
   * that the caller had set, and never be renewed.
   */
  removeHeaders(headers: Headers): void {
    for (const [name, value] of Object.entries(this.#headers ?? {})) {
      const present = findName(headers, name.toLowerCase());
      if (present !== undefined && headers[present] === value) headers.delete(present);
    }
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
