import type { AccessToken, TokenRequest } from '../sources/token-source';

/** What a call that needs a token says of itself. */
export type Caller = Pick<TokenRequest, 'signal'>;

/** A fetch in progress, and the calls that have no token without it. */
export class PendingFetch {
  readonly #callers = new Set<Caller>();

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
    token.catch(() => undefined);
  }

  async join(caller: Caller): Promise<AccessToken> {
    this.#callers.add(caller);
    return this.token;
  }

  /** Whether the token is still needed. */
  get isAwaited(): boolean {
    if (!this.isUrgent) return true;
    for (const { signal } of this.#callers) if (!signal?.aborted) return true;
    return false;
  }
}
