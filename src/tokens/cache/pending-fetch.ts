import { ignoreRejection } from '../../util/promises';
import type { AccessToken } from '../sources/token-source';
import { WaitingCalls, type Caller } from './waiting-calls';

/** A fetch in progress, and the calls that have no token without it. */
export class PendingFetch {
  readonly #callers = new WaitingCalls();

  /**
   * @param isUrgent whether there is no valid token; otherwise the new one is for later calls
   * @param startedAt milliseconds on the monotonic clock
   */
  constructor(
    readonly token: Promise<AccessToken>,
    private readonly isUrgent: boolean,
    readonly startedAt: number,
  ) {
    // When it fails, all callers may be gone.
    ignoreRejection(token);
  }

  async join(caller: Caller): Promise<AccessToken> {
    return this.#callers.add(caller, this.token);
  }

  /** Whether the token is still needed. */
  get isAwaited(): boolean {
    return !this.isUrgent || !this.#callers.isEmpty;
  }
}
