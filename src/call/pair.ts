import type { AxiosResponse } from 'axios';
import { isCallNotPermitted, isRequestException, isTokenError } from '../errors/guards';

/** One of two attempts. */
export interface Leg {
  /** Ends it, because the other came first. */
  lose(): void;
}

type Result = { readonly response: AxiosResponse } | { readonly error: unknown };

/**
 * Two attempts of which the second starts where the first is slow. The first response wins, and so does a failure that no other
 * attempt would change; a failure that may be retried waits for the other attempt.
 */
export class Pair {
  #timer: NodeJS.Timeout | undefined;
  #second: Leg | undefined;
  #secondResult: Promise<Result> | undefined;
  #hasSecondFailed = false;
  /** What ended the race while the first attempt was under way. */
  #result: Result | undefined;
  #isOver = false;

  constructor(private readonly first: Leg) {}

  /**
   * @param delay milliseconds
   * @param add starts the second attempt, or does not
   */
  start(delay: number, add: () => void): void {
    this.#timer = setTimeout(add, delay);
  }

  race(second: Leg, outcome: Promise<AxiosResponse>): void {
    this.#second = second;
    this.#secondResult = outcome.then(
      (response) => this.#secondEnded({ response }, true),
      (error: unknown) => this.#secondEnded({ error }, isFinal(error) && !isUnsent(error)),
    );
  }

  /** What the call gets, now that the first attempt has a response. */
  succeeded(response: AxiosResponse): AxiosResponse {
    this.#finish();
    if (this.#result) return give(this.#result);
    this.#second?.lose();
    return response;
  }

  /** What the call gets, now that the first attempt has failed. */
  async failed(error: unknown): Promise<AxiosResponse> {
    if (this.#result) return give(this.#result);
    if (this.#secondResult && !this.#hasSecondFailed && !isFinal(error)) {
      const result = await this.#secondResult;
      this.#finish();
      // An attempt that was not sent says nothing.
      return give('error' in result && isUnsent(result.error) ? { error } : result);
    }
    this.#finish();
    if (!this.#hasSecondFailed) this.#second?.lose();
    throw error;
  }

  #secondEnded(result: Result, isDecisive: boolean): Result {
    if (this.#isOver) return result;
    if (isDecisive) {
      this.#result = result;
      this.first.lose();
    } else this.#hasSecondFailed = true;
    return result;
  }

  #finish(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}

function give(result: Result): AxiosResponse {
  if ('error' in result) throw result.error;
  return result.response;
}

/** Whether another attempt would not change it. */
function isFinal(error: unknown): boolean {
  return !isRequestException(error) || !error.retryable;
}

/** Whether the attempt never got as far as the service. */
function isUnsent(error: unknown): boolean {
  return isCallNotPermitted(error) || isTokenError(error);
}
