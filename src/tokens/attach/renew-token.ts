import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../../call/call';
import type { HTTPError } from '../../errors/exceptions';
import { isHTTPError } from '../../errors/guards';
import { targetOf } from '../../request/url';
import { askForToken } from './ask-for-token';
import type { TokenSource } from '../sources/token-source';

/** Milliseconds for which a service that refuses new tokens too is not sent any call again. */
const FUTILE = 30_000;
/** Services of which that is remembered. */
const MAX_ORIGINS = 1000;

type RequestConfig = InternalAxiosRequestConfig & { readonly call: Call };

/** Gets another token where a service has refused the one that a source gave. */
export class TokenRenewal {
  /** Until when it is of no use, by origin. */
  readonly #futile = new Map<string, number>();

  constructor(private readonly source: TokenSource) {}

  /**
   * Notes in the call that it can be sent again, if `error` is a 401 and the source has another token.
   *
   * @throws TokenError if the source fails; RequestCancelled or DeadlineExceeded if the call ends before it answers
   * @see RFC 6750, section 3.1
   */
  async renewAfter(error: unknown): Promise<void> {
    if (!isHTTPError(error) || !hasLiveCall(error.config)) return;
    const { config } = error;
    const { call } = config;
    const refused = call.sourceToken;
    const { origin } = targetOf(config, call);
    if (refused === undefined || !this.source.invalidate || !isTokenRefused(error, origin)) return;
    if (call.tokenRenewed) this.#note(origin);
    else if (!this.#isFutile(origin)) {
      this.source.invalidate(refused);
      call.tokenRenewed = textOf(await askForToken(this.source, config)) !== refused;
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

function hasLiveCall(config: InternalAxiosRequestConfig | undefined): config is RequestConfig {
  return config?.call?.settled === false;
}

/** Whether it was the token: no redirect had taken it off, and it was not too weak, as any other would be. */
function isTokenRefused({ status, response }: HTTPError, origin: string): boolean {
  if (status !== 401 || new URL(response.url).origin !== origin) return false;
  return !/error\s*=\s*"?insufficient_scope/i.test(String(response.headers['www-authenticate'] ?? ''));
}

function textOf(answer: Awaited<ReturnType<TokenSource['getToken']>>): string | undefined {
  return typeof answer === 'object' ? answer.token : answer;
}
