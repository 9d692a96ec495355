import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../../call/attempt-state';
import type { HTTPError } from '../../errors/exceptions';
import { targetOf } from '../../request/url';
import { TOKEN_REFUSED } from '../../resilience/retry-policy';
import { askForToken } from './ask-for-token';
import { textOfToken, type TokenSource } from '../sources/token-source';

/** Milliseconds without renewal for a service that rejects renewed tokens, too. */
const REJECTION_PAUSE = 30_000;
/** Limit of remembered services. */
const MAX_ORIGINS = 1000;

/** Gets another token when a service rejects the one from the source. */
export class TokenRenewal {
  /** When renewal is tried again, by origin; on the monotonic clock. */
  readonly #pausedUntil = new Map<string, number>();

  constructor(private readonly source: TokenSource) {}

  /**
   * Marks the attempt to be sent again, if `error` is a 401 for its token and the source has another one.
   *
   * @param rejected the token that was sent
   * @throws TokenError if the source fails or is too slow; RequestCancelled or DeadlineExceeded if the call ends first
   * @see RFC 6750, section 3.1
   */
  async renewAfter(
    error: HTTPError,
    config: InternalAxiosRequestConfig,
    attempt: AttemptState,
    rejected: string,
  ): Promise<void> {
    const { call } = attempt;
    if (call.settled || !this.source.invalidate) return;
    const url = targetOf(config, call);
    if (!isTokenRejected(error, url.origin)) return;
    if (attempt.previous?.tokenRenewed || call.replays.includes(TOKEN_REFUSED)) this.#pause(url.origin);
    else if (!this.#isPaused(url.origin)) {
      this.source.invalidate(rejected);
      attempt.tokenRenewed = textOfToken(await askForToken(this.source, url, config, call)) !== rejected;
    }
  }

  /** Without a pause, each call to a service that accepts no token of this source would cost a token and a second request. */
  #pause(origin: string): void {
    this.#pausedUntil.delete(origin);
    this.#pausedUntil.set(origin, performance.now() + REJECTION_PAUSE);
    const [oldest] = this.#pausedUntil.keys();
    if (this.#pausedUntil.size > MAX_ORIGINS && oldest !== undefined) this.#pausedUntil.delete(oldest);
  }

  #isPaused(origin: string): boolean {
    return (this.#pausedUntil.get(origin) ?? 0) > performance.now();
  }
}

/** Whether the token caused it: no redirect had removed it, and its scope was not too small, as a new one's would be. */
function isTokenRejected({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return !/error\s*=\s*"?insufficient_scope/i.test(String(response.headers['www-authenticate'] ?? ''));
}
