import type { AttemptState } from '../call/attempt-state';
import { createException } from '../errors/create';
import type { HTTPError } from '../errors/exceptions';
import { isHTTPError } from '../errors/guards';
import { hasCredentials } from '../request/credentials';
import { targetOf } from '../request/url';
import { tokenComplaint } from '../checks/token';
import { askForToken } from '../tokens/attach/ask-for-token';
import { warnOfPlainHTTP } from '../tokens/attach/plain-http';
import { TokenRenewal } from '../tokens/attach/renew-token';
import { isTokenHost } from '../tokens/attach/token-hosts';
import { textOfToken, type TokenSource } from '../tokens/sources/token-source';
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

/** The `Authorization` header that the client set on an attempt. */
interface SentToken {
  readonly header: string;
  /** The token in it, if it came from the client's source. */
  readonly sourceToken: string | undefined;
}

/**
 * Sends `Authorization: Bearer …`, with a token asked for anew at each attempt.
 *
 * @see contract, "Authentication"; RFC 6750, section 2.1
 */
export function bearerToken({ source, hosts }: BearerTokenOptions): AttemptPlugin {
  const sentTokens = new WeakMap<AttemptState, SentToken>();
  const renewal = source && new TokenRenewal(source);

  function send(config: RequestConfig, attempt: AttemptState, token: string, sourceToken?: string): undefined {
    const { call } = attempt;
    const complaint = tokenComplaint(token);
    if (complaint !== undefined) {
      throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
    }
    // Where hosts were named, they were meant.
    if (!hosts) warnOfPlainHTTP(targetOf(config, call));
    const header = `Bearer ${token}`;
    config.headers.set('Authorization', header);
    sentTokens.set(attempt, { header, sourceToken });
  }

  /** The token of the client's source; at once where the source has it at hand. */
  function askSource(config: RequestConfig, attempt: AttemptState): Promise<void> | undefined {
    const answer = source && askForToken(source, config, attempt.call);
    const sendToken = (token: string | undefined): void => {
      if (token !== undefined) send(config, attempt, token, token);
    };
    if (isPromise(answer))
      return answer.then((later) => {
        sendToken(textOfToken(later));
      });
    sendToken(textOfToken(answer));
    return undefined;
  }

  // A retry brings back the headers of the previous attempt. Without this, the token of the first attempt would pass
  // for one that the caller had set, and never be renewed.
  function removePrevious({ headers }: RequestConfig, { previous }: AttemptState): void {
    const ours = previous && sentTokens.get(previous)?.header;
    if (ours !== undefined && headers.get('Authorization') === ours) headers.delete('Authorization');
  }

  return {
    name: 'bearer-token',
    request(config, attempt) {
      removePrevious(config, attempt);
      const { token } = config;
      if (token === null || (hosts && !isTokenHost(targetOf(config, attempt.call), hosts))) return undefined;
      // Of whatever type: a wrong one must not end in a call without any.
      if (token !== undefined) {
        // An explicit token comes before `auth`, which would replace the header.
        delete config.auth;
        return send(config, attempt, token);
      }
      // A caller's own credentials are never overwritten.
      return hasCredentials(config) ? undefined : askSource(config, attempt);
    },
    failure(error) {
      const attempt = isHTTPError(error) ? error.config?.attempt : undefined;
      const refused = attempt && sentTokens.get(attempt)?.sourceToken;
      if (!renewal || !attempt || refused === undefined) return error;
      return renewal.renewAfter(error as HTTPError, attempt, refused).then(() => error);
    },
  };
}
