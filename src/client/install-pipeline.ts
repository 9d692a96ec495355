import type { AxiosInterceptorManager, InternalAxiosRequestConfig } from 'axios';
import type { HTTP } from '../plugins/plugin';
import type { Pipeline } from './pipeline';

/** The instances of one client: for first attempts, for retries, and for the second of two attempts at once. */
interface Ways {
  readonly http: HTTP;
  readonly inner: HTTP;
  readonly second: HTTP;
}

/**
 * Installs the pipeline on the instances, in place of an earlier one. Only this function knows that axios runs request interceptors
 * last-added-first: the innermost is installed first.
 */
export function installPipeline({ call, retry, hedging, attempt }: Pipeline, { http, inner, second }: Ways): void {
  for (const { interceptors } of [http, inner, second]) {
    // `clear` would leave those of an earlier pipeline.
    interceptors.request.handlers = [];
    interceptors.response.handlers = [];
    interceptors.request.use(undefined, undefined, { synchronous: true, runWhen: pinOrder });
  }
  for (const plugin of [...attempt].reverse()) {
    plugin.install(http);
    plugin.install(inner);
    plugin.install(second);
  }
  hedging.install(http, second);
  hedging.install(inner, second);
  retry.install(http, inner);
  retry.install(inner, inner);
  for (const plugin of [...call].reverse()) plugin.install(http);
  keepOnClear(http.interceptors.request);
  keepOnClear(http.interceptors.response);
}

/** From now on, `clear` leaves the interceptors that are there: without ours, a call would have no token and no retries. */
function keepOnClear<V>(manager: AxiosInterceptorManager<V>): void {
  const own = [...(manager.handlers ?? [])];
  manager.clear = () => {
    manager.handlers = [...own];
  };
}

/** Runs before axios reads the order, which a call must not reverse: the token would not see the final URL. */
function pinOrder(config: InternalAxiosRequestConfig): boolean {
  // Without the option, axios has the order that is needed here.
  if (config.transitional && config.transitional.legacyInterceptorReqResOrdering !== true) {
    config.transitional = { ...config.transitional, legacyInterceptorReqResOrdering: true };
  }
  return false;
}
