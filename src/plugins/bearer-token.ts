import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { hasCredentials } from '../credentials';
import { createException } from '../errors/create';
import { isPromise } from '../promises';
import type { Plugin } from '../plugin';
import { askForToken } from '../tokens/ask-for-token';
import { tokenComplaint } from '../tokens/check-token';
import { isTokenHost } from '../tokens/token-hosts';
import type { TokenAnswer, TokenSource } from '../tokens/token-source';
import { targetOf } from '../url';

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

type Config = InternalAxiosRequestConfig;

/**
 * Sends `Authorization: Bearer …`, with a token asked for anew at each attempt.
 *
 * @see contract, "Authentication"; RFC 6750, section 2.1
 */
export function bearerToken(options: BearerTokenOptions): Plugin {
  const tokens = new CallTokens(options);
  return {
    name: 'bearer-token',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => tokens.attach(config));
    },
  };
}

class CallTokens {
  readonly #source: TokenSource | undefined;
  readonly #hosts: readonly string[] | undefined;

  constructor({ source, hosts }: BearerTokenOptions) {
    this.#source = source;
    this.#hosts = hosts;
  }

  /** Answers at once where the token is at hand. */
  attach(config: Config): Config | Promise<Config> {
    if (!this.#wantsToken(config)) return config;
    // An explicit token comes before `auth`, which would replace the header.
    if (typeof config.token === 'string') delete config.auth;
    const answer = config.token ?? (this.#source && askForToken(this.#source, config));
    return isPromise(answer) ? answer.then((token) => send(config, token)) : send(config, answer);
  }

  /** A caller's own credentials are never overwritten. */
  #wantsToken(config: Config): boolean {
    this.#removeOurs(config);
    if (config.token === null) return false;
    if (this.#hosts && !isTokenHost(targetOf(config, callOf(config)), this.#hosts)) return false;
    return config.token !== undefined || (this.#source !== undefined && !hasCredentials(config));
  }

  // A retry brings back the headers of the attempt before it. Without this, the token of the first attempt would pass
  // for one that the caller had set, and never be renewed.
  #removeOurs(config: Config): void {
    const call = callOf(config);
    const ours = call.authorization ?? call.previous?.authorization;
    if (ours !== undefined && config.headers.get('Authorization') === ours) config.headers.delete('Authorization');
  }
}

function send(config: Config, answer: TokenAnswer): Config {
  if (answer === undefined || (answer as unknown) === null) return config;
  const call = callOf(config);
  const token = typeof answer === 'object' ? answer.token : answer;
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) {
    throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
  }
  call.authorization = `Bearer ${token}`;
  config.headers.set('Authorization', call.authorization);
  return config;
}
