import { hash } from 'node:crypto';
import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../../call/attempt-state';
import type { HTTPError } from '../../errors/exceptions';
import { targetOf } from '../../request/url';
import { TOKEN_REFUSED } from '../../resilience/retry-policy';
import { askForToken } from './ask-for-token';
import { textOfToken, type TokenSource } from '../sources/token-source';

/**
 * Milliseconds for which a token stays in use although a service rejected it and the one before: a verifier whose clock is
 * behind accepts it once it is older, and would never accept a newer one.
 */
const PATIENCE = 60_000;
/** Limit of such tokens per service. A service that rejects more of them rejects all. */
const MAX_FUTILE = 10;
/** Limit of remembered tokens. */
const MAX_TOKENS = 1000;

interface Futile {
  readonly origin: string;
  /** On the monotonic clock. */
  readonly until: number;
}

/** Gets another token when a service rejects the one from the source. */
export class TokenRenewal {
  /** Renewed tokens that were rejected too, the oldest first. By hash: what is remembered can be printed. */
  readonly #futile = new Map<string, Futile>();

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
    if (attempt.previous?.tokenRenewed || call.replays.includes(TOKEN_REFUSED)) this.#keep(url.origin, rejected);
    else if (!this.#isKept(url.origin, rejected)) {
      this.source.invalidate(rejected);
      attempt.tokenRenewed = textOfToken(await askForToken(this.source, url, config, call)) !== rejected;
    }
  }

  /** Otherwise, each call to a service that accepts no token of this source would cost a token and a second request. */
  #keep(origin: string, token: string): void {
    const key = keyOf(origin, token);
    if (this.#futile.has(key)) return;
    this.#futile.set(key, { origin, until: performance.now() + PATIENCE });
    const [oldest] = this.#futile.keys();
    if (this.#futile.size > MAX_TOKENS && oldest !== undefined) this.#futile.delete(oldest);
  }

  #isKept(origin: string, token: string): boolean {
    const now = performance.now();
    let count = 0;
    for (const [key, futile] of this.#futile) {
      if (futile.until <= now) this.#futile.delete(key);
      else if (futile.origin === origin) count++;
    }
    return count >= MAX_FUTILE || this.#futile.has(keyOf(origin, token));
  }
}

function keyOf(origin: string, token: string): string {
  return hash('sha256', `${origin} ${token}`, 'base64url');
}

/** Whether the token caused it: no redirect had removed it, and its scope was not too small, as a new one's would be. */
function isTokenRejected({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return !/error\s*=\s*"?insufficient_scope/i.test(String(response.headers['www-authenticate'] ?? ''));
}
