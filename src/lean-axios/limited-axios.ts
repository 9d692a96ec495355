import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import { axios } from '../util/packages';
import { isPromise } from '../util/promises';
import { keepCall } from './lean-config';

// Jest refuses to load a module when its tests have ended, and an exception would be late by then.
const { Axios } = axios();

type RequestConfig = InternalAxiosRequestConfig;

/**
 * Limits how long a request waits for an interceptor. Not called for interceptors that return no promise.
 *
 * @param waiting what the interceptor returned, or a rejection with what it threw
 * @param outcome the response or the error that the interceptor was called with; `undefined` before the request was sent
 */
export type Limit = <T>(waiting: Promise<T>, config: RequestConfig, outcome?: unknown) => Promise<T>;

export const unlimited: Limit = (waiting) => waiting;

/** This package's own interceptors, which end in time by themselves. */
const own = new WeakSet<object>();

/**
 * Marks an interceptor of this package: it needs no limit, and after the request it is called with the request's config, too.
 * An error that a transform or an adapter throws does not tell which request it belongs to.
 */
export function markOwn<Handler extends object>(interceptor: Handler): Handler {
  own.add(interceptor);
  return interceptor;
}

/**
 * The config that was sent, for an own interceptor that is called with an error. axios's own core passes only the error, which may
 * have the config.
 *
 * @param sent what our instance passes
 */
export function configSent(error: unknown, sent: RequestConfig | undefined): RequestConfig | undefined {
  return sent ?? (error as { readonly config?: RequestConfig } | null | undefined)?.config;
}

export function isOwnInterceptor(interceptor: object): boolean {
  return own.has(interceptor);
}

type Handle = ((value: unknown, config?: RequestConfig) => unknown) | null | undefined;

/** An interceptor as axios stores it. */
interface Handler {
  readonly fulfilled?: Handle;
  readonly rejected?: Handle;
  readonly synchronous?: boolean;
}

/** axios with a limit for its interceptors. */
export class LimitedAxios extends Axios {
  readonly #limit: Limit;

  constructor(defaults: AxiosRequestConfig, limit: Limit) {
    super(defaults);
    this.#limit = limit;
  }

  override request(first?: string | AxiosRequestConfig, second?: AxiosRequestConfig): Promise<never> {
    const { request, response } = this.interceptors;
    const limited = new LimitedInterceptors(this.#limit);
    const interceptors = {
      request: { forEach: limited.forEachRequest.bind(limited, request.handlers) },
      response: { forEach: limited.forEachResponse.bind(limited, response.handlers) },
    };
    const view = Object.create(this, { interceptors: { value: interceptors } }) as InstanceType<typeof Axios>;
    const options = typeof first === 'string' ? { ...second, url: first } : (first ?? {});
    return Axios.prototype.request.call(view, options) as Promise<never>;
  }
}

type Visit = (handler: Handler) => void;

/** The interceptors of one request, with the limit around each. */
class LimitedInterceptors {
  /** What the interceptor before returned; known once the first has been called. */
  #config: RequestConfig | undefined;

  constructor(private readonly limit: Limit) {}

  forEachRequest(handlers: readonly unknown[] = [], visit: Visit): void {
    for (const handler of handlers as readonly (Handler | null)[]) {
      if (!handler) continue;
      const { fulfilled, rejected, synchronous = false } = handler;
      visit({
        ...handler,
        fulfilled: this.#aroundRequest(fulfilled, synchronous),
        rejected: this.#aroundRequest(rejected, synchronous),
      });
    }
  }

  forEachResponse(handlers: readonly unknown[] = [], visit: Visit): void {
    for (const handler of handlers as readonly (Handler | null)[]) {
      if (!handler) continue;
      const { fulfilled, rejected } = handler;
      visit({ ...handler, fulfilled: this.#aroundResponse(fulfilled), rejected: this.#aroundResponse(rejected) });
    }
  }

  #aroundRequest(handle: Handle, isSynchronous: boolean): Handle {
    if (!handle) return handle;
    const limit = isOwnInterceptor(handle) ? unlimited : this.limit;
    return (value) => {
      const config = (this.#config = value as RequestConfig | undefined);
      try {
        const result = handle(value);
        if (!config || !isPromise(result)) return this.#remember(result);
        return limit(Promise.resolve(result), config).then(this.#remember);
      } catch (error) {
        // axios may call a synchronous interceptor outside of any promise.
        if (!config || isSynchronous) throw error;
        return limit(Promise.reject(error), config);
      }
    };
  }

  #aroundResponse(handle: Handle): Handle {
    if (!handle) return handle;
    const isOwn = isOwnInterceptor(handle);
    const limit = isOwn ? unlimited : this.limit;
    return (value) => {
      const config = this.#config;
      const result = isOwn ? handle(value, config) : handle(value);
      return config && isPromise(result) ? limit(Promise.resolve(result), config, value) : result;
    };
  }

  readonly #remember = (config: unknown): unknown => {
    if (config === undefined) return config;
    this.#config = keepCall(config as RequestConfig, this.#config ?? {});
    return config;
  };
}
