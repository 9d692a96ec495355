import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig } from 'axios';
import { clientAdapter } from './client-adapter';
import type { Config } from './options/config';
import { headerDefaults } from '../lean-axios/header-defaults';
import { interceptorLimit } from '../call/interceptor-limit';
import { createLeanAxios } from '../lean-axios/lean-axios';
import { forAxios } from '../lean-axios/lean-config';
import { LimitedAxios, type Limit } from '../lean-axios/limited-axios';
import { repeatLists, withListNames } from '../lean-axios/merge-params';
import { installPipeline } from './install-pipeline';
import { pipeline } from './pipeline';
import type { HTTP, Plugin } from '../plugins/plugin';
import { fillPath } from '../request/path-params';
import { transformRequest } from '../request/send-body';
import { transformResponse } from '../response/parse-body';
import { isBelow400 } from '../wire/wire-response';
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
  const { adapter, close } = clientAdapter(config);
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
    close,
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
      paramsSerializer: withListNames(repeatLists(paramsSerializer)),
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

function countInterceptors({ interceptors }: AxiosInstance): number {
  let count = 0;
  for (const manager of [interceptors.request, interceptors.response]) {
    (manager as unknown as { forEach(visit: () => void): void }).forEach(() => count++);
  }
  return count;
}
