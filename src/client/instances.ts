import type {
  AxiosAdapter,
  AxiosInstance,
  AxiosInterceptorManager,
  AxiosRequestConfig,
  InternalAxiosRequestConfig,
} from 'axios';
import type { Config } from './options/config';
import { headerDefaults } from '../lean-axios/header-defaults';
import { interceptorLimit } from '../call/interceptor-limit';
import { createLeanAxios } from '../lean-axios/lean-axios';
import { forAxios } from '../lean-axios/lean-config';
import { LimitedAxios, type Limit } from '../lean-axios/limited-axios';
import { repeatLists } from '../lean-axios/merge-params';
import { pipeline, type Pipeline } from './pipeline';
import type { HTTP, Plugin } from '../plugins/plugin';
import { measuringOf } from '../request/body';
import { fillPath } from '../request/path-params';
import { transformRequest } from '../request/send-body';
import { transformResponse } from '../response/parse-body';
import { isBelow400 } from '../wire/wire-response';
import { axiosAdapter, needsAxiosAdapter } from '../wire/axios-adapter';
import { mayUseProxy } from '../transports/proxy/proxy';
import { httpTransport } from '../transports/http';
import type { Connection, Transport } from '../transports/transport';
import { wireAdapter } from '../wire/wire-adapter';
import { clockAdapters } from '../wire/clocked-adapter';
import { withoutUndefined } from '../util/without-undefined';

/** The axios instances: the public one makes the first attempt, inner ones all others. */
export interface Instances {
  readonly http: AxiosInstance;
  /**
   * Adds a plugin at the place of its ring.
   *
   * @throws TypeError if it is an attempt plugin, and there are interceptors already
   */
  use(plugin: Plugin): void;
  /** Closes the idle connections of both transports. */
  close(): void;
}

export function createInstances(config: Config): Instances {
  const { transport } = config;
  // For requests with connection options that the chosen transport does not support.
  const isWhole = !transport.uncovered && transport.proxies;
  const substitute = isWhole ? transport : httpTransport(config.connections, config.trustEnv);
  const adapter = createAdapter(config, substitute);
  const limit = interceptorLimit(config.requestContext !== undefined);
  const http = createLeanAxios(defaultsOf(config, adapter), limit);
  http.getUri = getURIAsSent(http);
  const inner = createInner(http, limit);
  const second = createInner(http, limit);
  const plugins = [...config.plugins];
  const addClock = clockAdapters(adapter, config.redirects);
  const install = (): void => {
    installPipeline(pipeline(config, plugins, addClock), { http, inner, second });
  };
  install();
  let ownCount = countInterceptors(http);

  return {
    http,
    use(plugin) {
      if (countInterceptors(http) !== ownCount) {
        if (plugin.ring === 'attempt') {
          throw new TypeError(`Plugin \`${plugin.name}\` must be added before any interceptor: pass it as \`plugins\``);
        }
        plugin.install(http);
        return;
      }
      plugins.unshift(plugin);
      install();
      ownCount = countInterceptors(http);
    },
    close() {
      for (const one of new Set([transport, substitute])) one.close();
    },
  };
}

function defaultsOf(config: Config, adapter: AxiosAdapter): AxiosRequestConfig {
  return {
    validateStatus: isBelow400,
    transformRequest,
    transformResponse,
    adapter,
    ...withoutUndefined(config.axios),
    headers: headerDefaults(config.axios.headers),
    timeout: config.timeout,
    ...(config.deadline !== Infinity && { deadline: config.deadline }),
    ...(config.logErrorBody && { logErrorBody: true }),
    maxContentLength: config.axios.maxContentLength ?? config.maxResponseSize,
  };
}

/** Tells the URL that a request with a config goes to. */
function getURIAsSent(http: AxiosInstance): AxiosInstance['getUri'] {
  const { defaults } = http;
  const getUri = http.getUri.bind(http);
  return (config = {}) => {
    const { url = '', pathParams, paramsSerializer = defaults.paramsSerializer } = config;
    return getUri({
      ...forAxios(config, defaults as never),
      url: pathParams === undefined ? url : fillPath(url, pathParams).url,
      paramsSerializer: repeatLists(paramsSerializer),
    });
  };
}

/**
 * A retry takes its whole config from the attempt before it. Only the adapter is looked up again, because users and
 * axios-mock-adapter may have replaced it: merging all defaults again would restore what an interceptor removed.
 */
function createInner(http: AxiosInstance, limit: Limit): HTTP {
  return new LimitedAxios(
    {
      get adapter() {
        return http.defaults.adapter;
      },
    } as never,
    limit,
  );
}

/** The instances of one client: for first attempts, for retries, and for the second of two attempts at once. */
interface Ways {
  readonly http: HTTP;
  readonly inner: HTTP;
  readonly second: HTTP;
}

/** From now on, `clear` leaves the interceptors that are there: without ours, a call would have no token and no retries. */
function keepOnClear<V>(manager: AxiosInterceptorManager<V>): void {
  const own = [...(manager.handlers ?? [])];
  manager.clear = () => {
    manager.handlers = [...own];
  };
}

/** Only this function knows that axios runs request interceptors last-added-first: the innermost is installed first. */
function installPipeline({ call, retry, hedging, attempt }: Pipeline, { http, inner, second }: Ways): void {
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

/** Runs before axios reads the order, which a call must not reverse: the token would not see the final URL. */
function pinOrder(config: InternalAxiosRequestConfig): boolean {
  // Without the option, axios has the order that is needed here.
  if (config.transitional && config.transitional.legacyInterceptorReqResOrdering !== true) {
    config.transitional = { ...config.transitional, legacyInterceptorReqResOrdering: true };
  }
  return false;
}

function createAdapter({ transport, trustEnv, redirects }: Config, substitute: Transport): AxiosAdapter {
  const { uncovered = [], proxies = false } = transport;
  const chosen = wireAdapter(transport, redirects);
  const other = wireAdapter(substitute, redirects);
  const fallback = axiosAdapter(trustEnv, redirects);
  const send: AxiosAdapter = (config) => {
    if (needsAxiosAdapter(config)) return fallback(config);
    if ((config.proxy || trustEnv) && !proxies && mayUseProxy({ proxy: config.proxy, trustEnv })) return other(config);
    for (const name of uncovered) if ((config as Connection)[name] !== undefined) return other(config);
    return chosen(config);
  };
  return (config) => {
    const measuring = config.data === undefined ? undefined : measuringOf(config.data);
    return measuring ? measuring.then(() => send(config)) : send(config);
  };
}

function countInterceptors({ interceptors }: AxiosInstance): number {
  let count = 0;
  for (const manager of [interceptors.request, interceptors.response]) {
    (manager as unknown as { forEach(visit: () => void): void }).forEach(() => count++);
  }
  return count;
}
