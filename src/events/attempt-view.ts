import type { Attempt, Decision } from '../journal/attempt';
import { jwtExpiry } from '../util/jwt-expiry';
import { printAs } from '../util/printable';

/** A token as a source gave it. */
export type SentToken = string | { readonly token: string; readonly expiresAt?: number | undefined };

/** What is known of an attempt in addition to its line in the journal. */
export interface AttemptSource {
  readonly origin: { readonly key: string } | undefined;
  /** The token that was sent, if it came from the client's source. */
  readonly sourceToken: (() => SentToken) | undefined;
}

/** What subscribers see of an attempt: the same object in all its messages, which changes as the attempt goes on. */
export class AttemptView {
  readonly #line: Attempt;
  readonly #source: AttemptSource | undefined;
  readonly #number: number;

  /** @param number 1 for the first attempt of the call */
  constructor(line: Attempt, number: number, source: AttemptSource | undefined) {
    this.#line = line;
    this.#number = number;
    this.#source = source;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'AttemptView', describe);
  }

  /** 1 for the first attempt of the call. */
  get number(): number {
    return this.#number;
  }

  /** When the attempt was dispatched. */
  get startedAt(): Date {
    return new Date(this.#line.startedAt);
  }

  /** Seconds from the dispatch to the outcome; 0 while the attempt is in progress. */
  get elapsed(): number {
    return this.#line.elapsed;
  }

  /** The status, or the error code if there was no response; `lost` if the other of two attempts came first. Absent while in progress. */
  get outcome(): number | string | undefined {
    return this.#line.outcome;
  }

  /** What follows the attempt. Absent while it is in progress. */
  get decision(): Decision | undefined {
    return this.#line.decision;
  }

  /** The reason for the decision. */
  get reason(): string | undefined {
    return this.#line.reason;
  }

  /** Seconds until the next attempt. */
  get wait(): number | undefined {
    return this.#line.wait;
  }

  /** Whether it was started because the attempt before it was slow. */
  get hedge(): boolean {
    return this.#line.hedge === true;
  }

  /** Scheme, host and port of the first request, and the partition if there is one. */
  get origin(): string | undefined {
    return this.#source?.origin?.key;
  }

  /**
   * When the token that the client's source gave for it expires, in milliseconds since the epoch; `unknown` if neither the source
   * nor the token says. Absent without such a token.
   */
  get tokenExpiresAt(): number | 'unknown' | undefined {
    const token = this.#source?.sourceToken?.();
    if (token === undefined) return undefined;
    if (typeof token === 'string') return jwtExpiry(token) ?? 'unknown';
    return token.expiresAt ?? jwtExpiry(token.token) ?? 'unknown';
  }
}

function describe(view: AttemptView): object {
  const { number, startedAt, elapsed, outcome, decision, reason, wait, hedge, origin } = view;
  return { number, startedAt, elapsed, outcome, decision, reason, wait, hedge, origin };
}
