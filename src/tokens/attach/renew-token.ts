import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../../call/attempt-state';
import type { HTTPError } from '../../errors/exceptions';
import { targetOf } from '../../request/url';
import { TOKEN_REFUSED } from '../../resilience/retry-policy';
import { askForToken } from './ask-for-token';
import { textOfToken, type TokenSource } from '../sources/token-source';

/** Milliseconds for which a service that refuses new tokens too is not sent any call again. */
const REJECTION_PAUSE = 30_000;
/** Services of which that is remembered. */
const MAX_ORIGINS = 1000;

/** Gets another token where a service has rejected the one that a source gave. */
export class TokenRenewal {
  /** Until when it is of no use, by origin. */
  readonly #pausedUntil = new Map<string, number>();

  constructor(private readonly source: TokenSource) {}

  /**
   * Notes in the attempt that it can be sent again, if `error` is a 401 for its token and the source has another one.
   *
   * @throws TokenError if the source fails; RequestCancelled or DeadlineExceeded if the call ends before it answers
   * @see RFC 6750, section 3.1
   */
  async renewAfter(error: HTTPError, config: InternalAxiosRequestConfig, attempt: AttemptState): Promise<void> {
    const { call } = attempt;
    if (call.settled || !this.source.invalidate) return;
    const url = targetOf(config, call);
    if (!isTokenRejected(error, url.origin)) return;
    if (call.replays.includes(TOKEN_REFUSED)) this.#pause(url.origin);
    else if (!this.#isPaused(url.origin)) {
      const rejected = String(config.headers.get('Authorization')).slice('Bearer '.length);
      this.source.invalidate(rejected);
      attempt.tokenRenewed = textOfToken(await askForToken(this.source, url, config, call)) !== rejected;
    }
  }

  /** Else every call to a service that takes no token of this source would cost a token, and a second request. */
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

/** Whether it was the token: no redirect had taken it off, and it was not too weak, as any other would be. */
function isTokenRejected({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return !/error\s*=\s*"?insufficient_scope/i.test(String(response.headers['www-authenticate'] ?? ''));
}
