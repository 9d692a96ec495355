import { hash } from 'node:crypto';
import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../../call/attempt-state';
import type { HTTPError } from '../../errors/exceptions';
import { targetOf } from '../../request/url';
import { TOKEN_REFUSED } from '../../resilience/retry-policy';
import { tokenRefused } from '../cache/token-events';
import { askForToken } from './ask-for-token';
import { bearerError } from './bearer-error';
import { textOfToken, type TokenSource } from '../sources/token-source';

/**
 * Milliseconds for which a token stays in use although a service rejected it and the one before: a verifier whose clock is
 * behind accepts it once it is older, and would never accept a newer one.
 */
const PATIENCE = 60_000;
/** Limit of remembered tokens, of 125 bytes each: a service that rejects those of more users costs a renewal for each call. */
const MAX_TOKENS = 10_000;

/** Gets another token when a service rejects the one from the source. */
export class TokenRenewal {
  /**
   * Until when renewed tokens are kept that were rejected too, on the monotonic clock; the oldest first. By hash: what is
   * remembered can be printed. For all services: two of them would otherwise replace each other's tokens.
   */
  readonly #kept = new Map<string, number>();

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
    if (call.settled) return;
    const url = targetOf(config, call);
    if (attempt.wasRedirected === 'elsewhere' || !isTokenRejected(error, url.origin)) return;
    tokenRefused(attempt, error);
    if (!this.source.invalidate) return;
    if (attempt.previous?.tokenRenewed || call.replays.includes(TOKEN_REFUSED)) this.#keep(rejected);
    else if (!this.#isKept(rejected)) {
      const renewed = textOfToken(await askForToken(this.#renewing(rejected), url, config, call));
      attempt.tokenRenewed = renewed !== undefined && renewed !== rejected;
    }
  }

  /** The source once it has forgotten `rejected`. If it fails to, it returns that token again, and the 401 is the outcome. */
  #renewing(rejected: string): TokenSource {
    return {
      getToken: async (request) => {
        try {
          await this.source.invalidate?.(rejected);
        } catch {
          // A TokenError would hide the 401.
        }
        return this.source.getToken(request);
      },
    };
  }

  /** Otherwise, each call to a service that accepts no token of this source would cost a token and a second request. */
  #keep(token: string): void {
    const key = keyOf(token);
    if (this.#isKept(token)) return;
    this.#kept.delete(key);
    this.#kept.set(key, performance.now() + PATIENCE);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_TOKENS && oldest !== undefined) this.#kept.delete(oldest);
  }

  #isKept(token: string): boolean {
    return (this.#kept.get(keyOf(token)) ?? 0) > performance.now();
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/**
 * Whether the token caused it: it was sent there, and its scope was not too small, as a new one's would be. Of an adapter that
 * follows redirects itself, only the last URL is known.
 */
function isTokenRejected({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return bearerError(String(response.headers['www-authenticate'] ?? '')) !== 'insufficient_scope';
}
