import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../../call/attempt-state';
import type { HTTPError } from '../../errors/exceptions';
import { targetOf } from '../../request/url';
import { TOKEN_REFUSED } from '../../resilience/retry-policy';
import { askForToken } from './ask-for-token';
import { textOfToken, type TokenSource } from '../sources/token-source';

/** Milliseconds for which a service that refuses new tokens too is not sent any call again. */
const FUTILE = 30_000;
/** Services of which that is remembered. */
const MAX_ORIGINS = 1000;

/** Gets another token where a service has refused the one that a source gave. */
export class TokenRenewal {
  /** Until when it is of no use, by origin. */
  readonly #futile = new Map<string, number>();

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
    if (!isTokenRefused(error, url.origin)) return;
    if (call.replays.includes(TOKEN_REFUSED)) this.#note(url.origin);
    else if (!this.#isFutile(url.origin)) {
      const refused = String(config.headers.get('Authorization')).slice('Bearer '.length);
      this.source.invalidate(refused);
      attempt.tokenRenewed = textOfToken(await askForToken(this.source, url, config, call)) !== refused;
    }
  }

  /** Else every call to a service that takes no token of this source would cost a token, and a second request. */
  #note(origin: string): void {
    this.#futile.delete(origin);
    this.#futile.set(origin, performance.now() + FUTILE);
    const [oldest] = this.#futile.keys();
    if (this.#futile.size > MAX_ORIGINS && oldest !== undefined) this.#futile.delete(oldest);
  }

  #isFutile(origin: string): boolean {
    return (this.#futile.get(origin) ?? 0) > performance.now();
  }
}

/** Whether it was the token: no redirect had taken it off, and it was not too weak, as any other would be. */
function isTokenRefused({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return !/error\s*=\s*"?insufficient_scope/i.test(String(response.headers['www-authenticate'] ?? ''));
}
