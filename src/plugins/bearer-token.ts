import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { hasCredentials } from '../request/credentials';
import { createException } from '../errors/create';
import { repairConfig } from '../lean-axios/lean-config';
import { isPromise } from '../util/promises';
import type { Plugin } from './plugin';
import { askForToken } from '../tokens/attach/ask-for-token';
import { tokenComplaint } from '../checks/token';
import { warnOfPlainHTTP } from '../tokens/attach/plain-http';
import { TokenRenewal } from '../tokens/attach/renew-token';
import { isTokenHost } from '../tokens/attach/token-hosts';
import type { TokenAnswer, TokenSource } from '../tokens/sources/token-source';
import { targetOf } from '../request/url';

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

type RequestConfig = InternalAxiosRequestConfig;

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
      http.interceptors.request.use((config) => tokens.attach(repairConfig(config)));
      http.interceptors.response.use(undefined, async (error: unknown) => tokens.renewAfter(error));
    },
  };
}

class CallTokens {
  readonly #source: TokenSource | undefined;
  readonly #hosts: readonly string[] | undefined;
  readonly #renewal: TokenRenewal | undefined;

  constructor({ source, hosts }: BearerTokenOptions) {
    this.#source = source;
    this.#hosts = hosts;
    this.#renewal = source && new TokenRenewal(source);
  }

  /** Answers at once where the token is at hand. */
  attach(config: RequestConfig): RequestConfig | Promise<RequestConfig> {
    if (!this.#wantsToken(config)) return config;
    const { token } = config;
    // Of whatever type: a wrong one must not end in a call without any.
    if (token !== undefined && token !== null) {
      // An explicit token comes before `auth`, which would replace the header.
      delete config.auth;
      return this.#send(config, token);
    }
    const answer = this.#source && askForToken(this.#source, config);
    return isPromise(answer) ? answer.then((own) => this.#sendOwn(config, own)) : this.#sendOwn(config, answer);
  }

  /** What failed fails still, but may have become worth another attempt. */
  async renewAfter(error: unknown): Promise<never> {
    await this.#renewal?.renewAfter(error);
    throw error as Error;
  }

  /** A caller's own credentials are never overwritten. */
  #wantsToken(config: RequestConfig): boolean {
    this.#removeOurs(config);
    if (config.token === null) return false;
    if (this.#hosts && !isTokenHost(targetOf(config, callOf(config)), this.#hosts)) return false;
    return config.token !== undefined || (this.#source !== undefined && !hasCredentials(config));
  }

  // A retry brings back the headers of the attempt before it. Without this, the token of the first attempt would pass
  // for one that the caller had set, and never be renewed.
  #removeOurs(config: RequestConfig): void {
    const call = callOf(config);
    call.sourceToken = undefined;
    const ours = call.authorization ?? call.previous?.authorization;
    if (ours !== undefined && config.headers.get('Authorization') === ours) config.headers.delete('Authorization');
  }

  #sendOwn(config: RequestConfig, answer: TokenAnswer): RequestConfig {
    if (answer === undefined || (answer as unknown) === null) return config;
    const token = typeof answer === 'object' ? answer.token : answer;
    callOf(config).sourceToken = token;
    return this.#send(config, token);
  }

  #send(config: RequestConfig, token: string): RequestConfig {
    const call = callOf(config);
    const complaint = tokenComplaint(token);
    if (complaint !== undefined) {
      throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
    }
    // Where hosts were named, they were meant.
    if (!this.#hosts) warnOfPlainHTTP(targetOf(config, call));
    call.authorization = `Bearer ${token}`;
    config.headers.set('Authorization', call.authorization);
    return config;
  }
}
