import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call';
import { callOf } from '../call-of';
import { hasCredentials } from '../credentials';
import { createException } from '../errors/create';
import type { Plugin } from '../plugin';
import { askAtOnce, askForToken } from '../tokens/ask-for-token';
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
      // One of the two runs. An asynchronous interceptor makes a promise chain of the whole request, so it runs only
      // where a token has to be waited for.
      http.interceptors.request.use((config) => tokens.attachLater(config), undefined, {
        runWhen: (config) => tokens.mustWait(config),
      });
      http.interceptors.request.use((config) => tokens.attachAtOnce(config), undefined, {
        synchronous: true,
        runWhen: (config) => tokens.isReady(config),
      });
    },
  };
}

class CallTokens {
  readonly #source: TokenSource | undefined;
  readonly #hosts: readonly string[] | undefined;
  /** The header that was set on the attempt before. */
  readonly #sent = new WeakMap<Call, string>();
  /** Gives the token of a call that need not wait for one. */
  readonly #ready = new WeakMap<Call, (config: Config) => TokenAnswer>();

  constructor({ source, hosts }: BearerTokenOptions) {
    this.#source = source;
    this.#hosts = hosts;
  }

  /** Asked once per attempt, before any interceptor runs. A cached token is held on to: it might end in between. */
  mustWait(config: Config): boolean {
    const call = callOf(config);
    const answer = this.#peek(config);
    if (answer) this.#ready.set(call, answer);
    else this.#ready.delete(call);
    return answer === undefined;
  }

  isReady(config: Config): boolean {
    return this.#ready.has(callOf(config));
  }

  attachAtOnce(config: Config): Config {
    if (!this.#wantsToken(config)) return config;
    // An explicit token comes before `auth`, which would replace the header.
    if (typeof config.token === 'string') delete config.auth;
    // An interceptor may have made a config of its own, without the call that was asked about.
    const answer = this.#ready.get(callOf(config)) ?? this.#peek(config);
    return this.#attach(config, config.token ?? answer?.(config));
  }

  async attachLater(config: Config): Promise<Config> {
    if (!this.#source || !this.#wantsToken(config)) return config;
    return this.#attach(config, config.token ?? (await askForToken(this.#source, config)));
  }

  #peek(config: Config): ((config: Config) => TokenAnswer) | undefined {
    const source = this.#source;
    if (!source || config.token !== undefined) return () => undefined;
    if (source.isSynchronous) return (final) => askAtOnce(source, final);
    const cached = source.cached?.() ?? undefined;
    return cached && (() => cached);
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
    const ours = this.#sent.get(call) ?? (call.previous && this.#sent.get(call.previous));
    if (ours !== undefined && config.headers.get('Authorization') === ours) config.headers.delete('Authorization');
  }

  #attach(config: Config, answer: TokenAnswer): Config {
    if (answer === undefined || (answer as unknown) === null) return config;
    const call = callOf(config);
    const token = typeof answer === 'object' ? answer.token : answer;
    const complaint = tokenComplaint(token);
    if (complaint !== undefined) {
      throw createException('TOKEN_INVALID', { call, config, sent: 'no', detail: `the token ${complaint}` });
    }
    const header = `Bearer ${token}`;
    config.headers.set('Authorization', header);
    this.#sent.set(call, header);
    return config;
  }
}
