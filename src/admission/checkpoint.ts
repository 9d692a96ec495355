import type { Readable } from 'node:stream';
import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../call/attempt-state';
import type { RequestException } from '../errors/exceptions';
import type { Outcome, ResponseHead } from '../resilience/outcome';

export type RequestConfig = InternalAxiosRequestConfig;

/** How an attempt ended. */
export interface Ending {
  /** What it says about the health of its origin. */
  readonly outcome: Outcome;
  /** Milliseconds on the monotonic clock. */
  readonly now: number;
  /** Milliseconds from the dispatch; 0 if there was none. */
  readonly elapsed: number;
  readonly isDispatched: boolean;
  /** The response, if one arrived. */
  readonly response?: ResponseHead | undefined;
  /** Absent if it succeeded, and for what a transform or an adapter threw. */
  readonly error?: RequestException | undefined;
  readonly config?: RequestConfig | undefined;
  /** Holds the slot of the attempt until it is closed. */
  readonly stream?: Readable | undefined;
}

/** A rule that each attempt has to pass. */
export interface Checkpoint {
  /**
   * Lets the attempt pass, at once or later.
   *
   * @throws CallNotPermitted if it may not pass; RequestCancelled or DeadlineExceeded if the call ends while it waits
   */
  enter?(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined;
  /** Whether an attempt that had to wait at a later checkpoint comes here once more. */
  readonly isRevisited?: boolean;
  /** Gives up what the attempt got, because it has to begin again. */
  stepBack?(attempt: AttemptState): void;
  /** Called once for each attempt, also for one that did not pass. */
  leave?(attempt: AttemptState, ending: Ending): void;
}
