import type { AttemptState } from '../call/attempt-state';
import { createException } from '../errors/create';
import { isHTTPError } from '../errors/guards';
import { hasCredentials } from '../request/credentials';
import { targetOf } from '../request/url';
import { matchesHost } from '../checks/host-patterns';
import { tokenComplaint } from '../checks/token';
import { askForToken } from '../tokens/attach/ask-for-token';
import { warnOfPlainHTTP } from '../tokens/attach/plain-http';
import { TokenRenewal } from '../tokens/attach/renew-token';
import { textOfToken, type TokenAnswer, type TokenSource } from '../tokens/sources/token-source';
import { isPromise } from '../util/promises';
import type { AttemptPlugin, RequestConfig } from './plugin';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Bearer token for this call; `null` sends none. */
    token?: string | null;
  }
}

interface BearerTokenOptions {
  /** Provides the token if the call has none; without a source, such a call sends no token. */
  readonly source?: TokenSource | undefined;
  /** Hosts that may receive a token. @default every host */
  readonly hosts?: readonly string[] | undefined;
}

/**
 * Sends `Authorization: Bearer …`, and asks the source again for each attempt. A call fails with TokenError if the source
 * fails or the token is invalid.
 *
 * @see contract, "Authentication"; RFC 6750, section 2.1
 */
export function bearerToken({ source, hosts }: BearerTokenOptions): AttemptPlugin {
  const sender = new TokenSender(hosts);
  const renewal = source && new TokenRenewal(source);
  return {
    name: 'bearer-token',
    request(config, attempt) {
      const { token } = config;
      // The caller's credentials are never overwritten.
      if (token === null || (token === undefined && (!source || hasCredentials(config)))) return;
      const url = attempt.url ?? targetOf(config, attempt.call);
      // Only a parsed URL tells: its text may have other slashes or begin with a space.
      if (token === undefined && (url.username !== '' || url.password !== '')) return;
      if (hosts && !matchesHost(url, hosts)) return;
      // Whatever its type: an invalid token must not result in a call without a token.
      if (token !== undefined) {
        // An explicit token takes precedence over `auth`, which would replace the header.
        delete config.auth;
        sender.send(config, attempt, token, url);
        return;
      }
      return source && sender.sendAnswer(askForToken(source, url, config, attempt.call), config, attempt, url);
    },
    failure(error, attempt) {
      if (!renewal || !attempt?.sourceToken || !isHTTPError(error) || !error.config) return error;
      return renewal
        .renewAfter(error, error.config, attempt, String(textOfToken(attempt.sourceToken())))
        .then(() => error);
    },
  };
}

class TokenSender {
  // Nearly all calls send the same token as the previous one: they need no check, and share what they keep while they wait.
  #token: string | undefined;
  #header = '';
  #given: TokenAnswer;
  #sourceToken: AttemptState['sourceToken'];
  #warnedOf: Readonly<URL> | undefined;

  constructor(private readonly hosts: readonly string[] | undefined) {}

  send(config: RequestConfig, attempt: AttemptState, token: unknown, url: Readonly<URL>): void {
    if (token !== this.#token || typeof token !== 'string') {
      checkTokenForHeader(config, attempt, token);
      this.#token = token;
      this.#header = `Bearer ${token}`;
    }
    // Hosts in `hosts` are allowed on purpose, so they need no warning.
    if (!this.hosts && url !== this.#warnedOf) warnOfPlainHTTP((this.#warnedOf = url));
    attempt.setHeader(config.headers, 'Authorization', this.#header);
  }

  /** Sends the token of a source: synchronously if it is at hand. */
  sendAnswer(
    answer: TokenAnswer | Promise<TokenAnswer>,
    config: RequestConfig,
    attempt: AttemptState,
    url: Readonly<URL>,
  ): Promise<void> | undefined {
    if (typeof answer !== 'string' && isPromise(answer)) {
      return answer.then((given) => void this.sendAnswer(given, config, attempt, url));
    }
    if (answer === undefined || (answer as unknown) === null) return undefined;
    this.send(config, attempt, typeof answer === 'string' ? answer : textOfToken(answer), url);
    if (answer !== this.#given || !this.#sourceToken) {
      this.#given = answer;
      this.#sourceToken = () => answer;
    }
    attempt.sourceToken = this.#sourceToken;
    return undefined;
  }
}

function checkTokenForHeader(config: RequestConfig, { call }: AttemptState, token: unknown): asserts token is string {
  const complaint = tokenComplaint(token);
  if (complaint === undefined) return;
  throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
}
