import type { AxiosResponse } from 'axios';
import { isRequestException } from '../errors/guards';

export const LOST = new Error('the other of two attempts was faster');

/** What an adapter does for an attempt. */
export interface Work {
  cancel(reason: unknown): void;
  /** What it has replaced in the config until it ends. */
  readonly original?: object | undefined;
}

/** One of two attempts. */
export interface Leg {
  readonly isDispatched: boolean;
  /** Ends it, because the other came first. */
  lost(): void;
  /** Publishes that it has ended: it has failed, and the other goes on. */
  publishEnd(): void;
}

/** What the pair needs from outside. */
interface PairEnds {
  /** Ends the second attempt, however far it is. */
  abandon(): void;
  /** Releases the body of a response that the caller does not get. */
  release(response: { readonly data?: unknown } | undefined): void;
  /** Called if the second attempt has ended, and was not sent. */
  notSent(): void;
}

type Result = { readonly response: AxiosResponse } | { readonly error: unknown };

/**
 * Two attempts, the second of which started because the first is slow. The first response wins, and so does a failure that no
 * other attempt would change. A failure that may be retried waits for the other attempt; if both fail so, the last one counts.
 */
export class Pair {
  readonly #first: Leg;
  readonly #ends: PairEnds;
  #second: Leg | undefined;
  #outcome: Promise<Result> | undefined;
  /** Whether the first has failed, so that the call takes the outcome of the second. */
  #isFirstWaiting = false;
  #hasSecondFailed = false;
  #isOver = false;
  #isSecondFaster = false;

  constructor(first: Leg, ends: PairEnds) {
    this.#first = first;
    this.#ends = ends;
  }

  /** Starts the race. @param outcome of the second attempt */
  race(outcome: Promise<AxiosResponse>): void {
    this.#outcome = outcome.then(
      (response) => this.#secondEnded({ response }),
      (error: unknown) => this.#secondEnded({ error }),
    );
  }

  /** The second attempt has its state. */
  join(second: Leg): void {
    this.#second = second;
    if (this.#isOver) second.lost();
  }

  /** A response is there. Interceptors may still make something else of it, but the other attempt is of no use any more. */
  arrived(leg: Leg): void {
    this.#end(leg !== this.#first);
  }

  /** The call has ended. */
  settled(): void {
    this.#end(false);
  }

  /** What the call gets, now that the first attempt has a response. */
  succeeded(response: AxiosResponse): AxiosResponse | Promise<AxiosResponse> {
    this.#end(false);
    if (!this.#isSecondFaster) return response;
    this.#ends.release(response);
    return this.#resultOfSecond();
  }

  /** What the call gets, now that the first attempt has failed. */
  failed(error: unknown): Promise<AxiosResponse> {
    const isWaiting = (this.#isFirstWaiting = this.#isWorthWaiting(error));
    if (!isWaiting && !this.#isSecondFaster) {
      this.#end(false);
      throw error;
    }
    if (isWaiting) this.#first.publishEnd();
    this.#ends.release(responseOf(error));
    return this.#resultOfSecond();
  }

  /** One that has not been sent yet is too late: a retry comes with a wait, as it should. */
  #isWorthWaiting(error: unknown): boolean {
    return !this.#isOver && !this.#hasSecondFailed && this.#second?.isDispatched === true && !isFinal(error);
  }

  async #resultOfSecond(): Promise<AxiosResponse> {
    const result = (await this.#outcome) ?? { error: undefined };
    this.#isOver = true;
    if ('error' in result) throw result.error;
    return result.response;
  }

  #secondEnded(result: Result): Result {
    const second = this.#second?.isDispatched ? this.#second : undefined;
    if (!second) this.#ends.notSent();
    if ('response' in result) {
      this.#end(true);
      if (!this.#isSecondFaster) this.#ends.release(result.response);
    } else if (second && isFinal(result.error)) this.#end(true);
    else {
      // An attempt that was not sent says nothing, whatever prevented it.
      this.#hasSecondFailed = true;
      if (!this.#isOver && !this.#isFirstWaiting) second?.publishEnd();
    }
    return result;
  }

  #end(isSecondFaster: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#isSecondFaster = isSecondFaster;
    if (isSecondFaster) this.#first.lost();
    else if (!this.#hasSecondFailed) {
      this.#second?.lost();
      this.#ends.abandon();
    }
  }
}

/** Whether another attempt would not change it. */
function isFinal(error: unknown): boolean {
  return !isRequestException(error) || !error.retryable;
}

function responseOf(error: unknown): { readonly data?: unknown } | undefined {
  return isRequestException(error) ? error.response : undefined;
}
