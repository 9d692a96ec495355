import type { InternalAxiosRequestConfig } from 'axios';
import type { Decision } from '../journal/attempt';
import type { JournalLine } from '../journal/journal-line';
import { findName } from '../util/header-names';
import type { Call } from './call';

type Headers = InternalAxiosRequestConfig['headers'];

/**
 * The state of one attempt. It is stored in the axios config, under `attempt`, because two attempts of one call may run at
 * once and each needs its own state.
 */
export class AttemptState {
  /** Whether the token came from the client's token source. */
  hasSourceToken = false;
  /** Whether the source has a new token after the server rejected the old one. */
  tokenRenewed = false;
  /** Whether the response forbids a retry, even if its body never arrived. */
  retryForbidden = false;

  #line: JournalLine | undefined;
  /** Private, because an attempt is printed with its config, and `Authorization` is among these headers. */
  #headers: Record<string, string> | undefined;

  /** @param previous the attempt whose config is sent again: the previous one, or the last one of a finished call */
  constructor(
    readonly call: Call,
    public previous?: AttemptState,
  ) {
    // Only one step back is needed; a chain would keep every ancestor in memory.
    if (previous) previous.previous = undefined;
  }

  /** Sets a header for this attempt only. As in axios, the value `false` prevents a header from being set. */
  setHeader(headers: Headers, name: string, value: string): void {
    const present = findName(headers, name.toLowerCase());
    if (present !== undefined && headers[present] === false) return;
    headers[present ?? name] = value;
    (this.#headers ??= {})[name] = value;
  }

  /**
   * Removes the headers that this attempt set. A retry starts with the headers of the previous attempt: its token would look
   * like one set by the caller, and never be renewed.
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

  /** An attempt that failed before it was dispatched, for example because no token was available, has no line. */
  decided(decision: Decision, reason: string, wait?: number): void {
    this.#line?.decide(decision, reason, wait);
  }
}
