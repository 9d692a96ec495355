import { createException } from '../../errors/create';
import { toError } from '../../util/is-error';
import { RecentFailures } from './recent-failures';
import { sleep, within, type TokenClock } from './token-clock';

/** What the failure of a token request tells. */
export interface Verdict {
  /** `down`: requests for other tokens fail, too. `up`: it refuses this token only. */
  readonly issuer: 'down' | 'up';
  /** Milliseconds for which another request would fail in the same way. */
  readonly repeatsFor: number;
}

/** Failures in a row. Fewer may be the tokens of some users: the others would wait for them, and fail with them. */
const FAILURES = 5;
/** Probes that a request waits for. Not just one: it may be the token of one user at which the issuer stumbles. */
const PROBES = 2;
/** Milliseconds that others wait for a probe, whatever the timeout of its request: it may hang while the issuer works. */
const PROBE_TIME = 10_000;
/** Requests in progress while it works. If it stops, that many fail before the others know, each with its retries. */
const MAX_REQUESTS = 50;

/**
 * Lets requests for all tokens of a source through to the issuer: at once while it works. While it is down, one of them
 * goes first, after a pause; if it fails, so do those that wait for it.
 */
export class IssuerGate {
  readonly #failures: RecentFailures;
  /** Resolves to the failure of the request that goes first, if the issuer is still down. */
  #probe: Promise<Error | undefined> | undefined;
  #requests = 0;
  /** Those that wait for the end of a request; the first goes first. */
  readonly #waiting = new Set<() => void>();
  /** Those of them whose turn it is. They go on in a microtask; what comes before must not overtake them. */
  #woken = 0;

  constructor(
    private readonly clock: TokenClock,
    random: () => number,
    private readonly judge: (failure: unknown) => Verdict,
  ) {
    this.#failures = new RecentFailures(clock, random);
  }

  /** Whether the issuer was down a moment ago. */
  get isFailing(): boolean {
    return this.#failures.count >= FAILURES;
  }

  /** Whether a request would be sent at once. */
  get isOpen(): boolean {
    return !this.#failures.refusal && !this.#isBusy && (!this.isFailing || this.#failures.pause === 0);
  }

  get #isBusy(): boolean {
    if (this.isFailing) return this.#probe !== undefined;
    // While all are refused, nobody may wait: no request would end, and wake them.
    return !this.#failures.refusal && this.#requests + this.#woken >= MAX_REQUESTS;
  }

  /**
   * @param isAwaited whether a call still needs the token; if it has waited here, it may have ended
   * @throws whatever `ask` rejects with; TokenError if the issuer is down, as the request for another token has shown
   */
  async pass<T>(ask: () => Promise<T>, isAwaited = (): boolean => true): Promise<T> {
    const hasWaited = this.#isBusy;
    for (let failures = 0; this.#isBusy;) {
      if (this.isFailing) {
        const failure = await this.#probe;
        if (failure && ++failures === PROBES) throw forOthers(failure);
      } else {
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
        this.#woken--;
      }
    }
    const { refusal } = this.#failures;
    if (refusal) throw forOthers(refusal);
    if (hasWaited && !isAwaited()) throw this.#passOver();
    if (!this.isFailing) return this.#watch(ask);
    const answer = this.#watch(ask, this.#failures.pause);
    this.#probe = this.#failureOf(answer);
    return answer;
  }

  async #watch<T>(ask: () => Promise<T>, pause = 0): Promise<T> {
    if (pause > 0) await sleep(this.clock, pause);
    this.#requests++;
    try {
      const answer = await ask();
      this.#failures.succeeded();
      return answer;
    } catch (thrown) {
      const { issuer, repeatsFor } = this.judge(thrown);
      if (issuer === 'down') this.#failures.failed(toError(thrown), repeatsFor);
      else this.#failures.succeeded();
      throw thrown;
    } finally {
      this.#requests--;
      this.#wake();
    }
  }

  /** Wakes the first, whose turn it is; or all, if none of them may ask. */
  #wake(): void {
    const isDown = this.isFailing || this.#failures.refusal !== undefined;
    for (const go of this.#waiting) {
      this.#waiting.delete(go);
      this.#woken++;
      go();
      if (!isDown) return;
    }
  }

  /** The turn is that of the next. */
  #passOver(): Error {
    this.#wake();
    // A plain one: nobody sees it, and thousands of exceptions at once would block the process for a second.
    return new Error('the call ended before the token was requested');
  }

  async #failureOf(probe: Promise<unknown>): Promise<Error | undefined> {
    try {
      const ended = await within(
        this.clock,
        PROBE_TIME,
        probe.then(() => true),
      );
      return ended ? undefined : new Error(`no response within ${PROBE_TIME / 1000} s`);
    } catch (thrown) {
      return this.judge(thrown).issuer === 'down' ? toError(thrown) : undefined;
    } finally {
      this.#probe = undefined;
    }
  }
}

/** What fails because the request for another token has failed. Its response may be about another user. */
function forOthers({ message }: Error): Error {
  return createException('TOKEN_UNAVAILABLE', {
    sent: 'no',
    detail: `the request for another token failed: ${message}`,
  });
}
