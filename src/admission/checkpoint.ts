import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../call/attempt-state';
import type { Ending } from './ending';

export type RequestConfig = InternalAxiosRequestConfig;

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
