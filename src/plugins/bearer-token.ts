import type { AttemptState } from '../call/attempt-state';
import { createException } from '../errors/create';
import { isHTTPError } from '../errors/guards';
import { hasCredentials } from '../request/credentials';
import { targetOf } from '../request/url';
import { tokenComplaint } from '../checks/token';
import { askForToken } from '../tokens/attach/ask-for-token';
import { warnOfPlainHTTP } from '../tokens/attach/plain-http';
import { TokenRenewal } from '../tokens/attach/renew-token';
import { isTokenHost } from '../tokens/attach/token-hosts';
import { textOfToken, type TokenAnswer, type TokenSource } from '../tokens/sources/token-source';
import { isPromise } from '../util/promises';
import type { AttemptPlugin, RequestConfig } from './plugin';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** Bearer token of this call; `null` sends none. */
    token?: string | null;
  }
}

export interface BearerTokenOptions {
  /** Asked where the call brings no token; without one, no token is sent. */
  readonly source?: TokenSource | undefined;
  /** Hosts that may see a token. @default every host */
  readonly hosts?: readonly string[] | undefined;
}

/**
 * Sends `Authorization: Bearer …`, with a token asked for anew at each attempt.
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
      if (token === null || (token === undefined && !source)) return;
      const url = targetOf(config, attempt.call);
      if (hosts && !isTokenHost(url, hosts)) return;
      // Of whatever type: a wrong one must not end in a call without any.
      if (token !== undefined) {
        // An explicit token comes before `auth`, which would replace the header.
        delete config.auth;
        sender.send(config, attempt, token, url);
        return;
      }
      // A caller's own credentials are never overwritten.
      return source && !hasCredentials(config) ? sender.sendFrom(source, config, attempt, url) : undefined;
    },
    failure(error) {
      if (!renewal || !isHTTPError(error) || !error.config?.attempt?.hasSourceToken) return error;
      return renewal.renewAfter(error, error.config, error.config.attempt).then(() => error);
    },
  };
}

class TokenSender {
  /** Nearly all calls send the same token as the one before. */
  #lastGood: string | undefined;

  constructor(private readonly hosts: readonly string[] | undefined) {}

  send(config: RequestConfig, attempt: AttemptState, token: string, url: Readonly<URL>): void {
    if (token !== this.#lastGood) checkToken(config, attempt, token);
    this.#lastGood = token;
    // Where hosts were named, they were meant.
    if (!this.hosts) warnOfPlainHTTP(url);
    attempt.setHeader(config.headers, 'Authorization', `Bearer ${token}`);
  }

  /** The token of `source`: at once where it has one at hand. */
  sendFrom(
    source: TokenSource,
    config: RequestConfig,
    attempt: AttemptState,
    url: Readonly<URL>,
  ): Promise<void> | undefined {
    const answer = askForToken(source, url, config, attempt.call);
    const sendAnswer = (given: TokenAnswer): void => {
      const token = typeof given === 'string' ? given : textOfToken(given);
      if (token === undefined) return;
      attempt.hasSourceToken = true;
      this.send(config, attempt, token, url);
    };
    if (typeof answer !== 'string' && isPromise(answer)) return answer.then(sendAnswer);
    sendAnswer(answer);
    return undefined;
  }
}

function checkToken(config: RequestConfig, { call }: AttemptState, token: string): void {
  const complaint = tokenComplaint(token);
  if (complaint === undefined) return;
  throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
}
