import { Axios, type AxiosRequestConfig, type InternalAxiosRequestConfig } from 'axios';
import { isPromise } from '../util/promises';

type RequestConfig = InternalAxiosRequestConfig;

/**
 * Limits how long a request waits for an interceptor. Not called for interceptors that return no promise.
 *
 * @param waiting what the interceptor returned, or a rejection with what it threw
 * @param outcome the response or the error that the interceptor was called with; `undefined` before the request was sent
 */
export type Limit = <T>(waiting: Promise<T>, config: RequestConfig, outcome?: unknown) => Promise<T>;

export const unlimited: Limit = (waiting) => waiting;

/** Interceptors that end in time by themselves. */
const punctual = new WeakSet<object>();

/** Marks an interceptor that needs no limit. */
export function markPunctual<Handler extends object>(interceptor: Handler): Handler {
  punctual.add(interceptor);
  return interceptor;
}

export function needsLimit(interceptor: object): boolean {
  return !punctual.has(interceptor);
}

type Handle = ((value: unknown) => unknown) | null | undefined;

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
    const limited = new RequestInterceptors(this.#limit);
    const interceptors = {
      request: { forEach: limited.forEach.bind(limited, request.handlers, false) },
      response: { forEach: limited.forEach.bind(limited, response.handlers, true) },
    };
    const view = Object.create(this, { interceptors: { value: interceptors } }) as InstanceType<typeof Axios>;
    const options = typeof first === 'string' ? { ...second, url: first } : (first ?? {});
    return Axios.prototype.request.call(view, options) as Promise<never>;
  }
}

/** The interceptors of one request. */
class RequestInterceptors {
  /** Known once the first interceptor has run. */
  #config: RequestConfig | undefined;

  constructor(private readonly limit: Limit) {}

  forEach(handlers: readonly unknown[] = [], isResponse: boolean, visit: (handler: Handler) => void): void {
    for (const handler of handlers as readonly (Handler | null)[]) {
      if (!handler) continue;
      const { fulfilled, rejected, synchronous = false } = handler;
      visit({
        ...handler,
        fulfilled: this.#around(fulfilled, isResponse, synchronous),
        rejected: this.#around(rejected, isResponse, synchronous),
      });
    }
  }

  #around(handle: Handle, isResponse: boolean, isSynchronous: boolean): Handle {
    if (!handle) return handle;
    const limit = needsLimit(handle) ? this.limit : unlimited;
    return (value) => {
      if (!isResponse) this.#config = value as RequestConfig;
      const config = this.#config;
      const outcome = isResponse ? value : undefined;
      try {
        const result = handle(value);
        return config && isPromise(result) ? limit(Promise.resolve(result), config, outcome) : result;
      } catch (error) {
        // axios may call a synchronous interceptor outside of any promise.
        if (!config || isResponse || isSynchronous) throw error;
        return limit(Promise.reject(error), config);
      }
    };
  }
}
