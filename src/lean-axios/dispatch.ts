import { inspect } from 'node:util';
import axios from 'axios';
// Not in the import above, which would read them through a getter each time.
import { AxiosHeaders, CanceledError, isCancel, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { printHeadersSafely } from '../util/printable';

type RequestConfig = InternalAxiosRequestConfig & { response?: AxiosResponse };
type Transform = (this: RequestConfig, data: unknown, headers: unknown, status?: number) => unknown;

const WITH_BODY: ReadonlySet<string | undefined> = new Set(['post', 'put', 'patch']);

/**
 * Sends an intercepted request through its adapter and transforms the response, as axios does.
 *
 * It rejects with the adapter's error, or with CanceledError if the request is cancelled before the response arrives.
 *
 * @throws CanceledError if the request is already cancelled, AxiosError for an unknown adapter, or the error of a transform
 */
export function dispatch(config: RequestConfig): Promise<AxiosResponse> {
  throwIfCancelled(config);
  config.headers = AxiosHeaders.from(config.headers);
  config.data = transform(config.transformRequest, config, config.data, config.headers);
  if (WITH_BODY.has(config.method)) config.headers.setContentType('application/x-www-form-urlencoded', false);
  const { adapter = axios.defaults.adapter } = config;
  const send = typeof adapter === 'function' ? adapter : axios.getAdapter(adapter, config as never);
  const startedAt = performance.now();
  return send(config).then(
    (response) => {
      throwIfCancelled(config);
      return read(response, config, startedAt);
    },
    (reason: unknown) => {
      if (!isCancel(reason)) throwIfCancelled(config);
      const { response } = (reason ?? {}) as { readonly response?: AxiosResponse };
      if (response && !isCancel(reason)) read(response, config, startedAt);
      throw reason;
    },
  );
}

function read(response: AxiosResponse, config: RequestConfig, startedAt: number): AxiosResponse {
  response.duration = Math.max(0, Math.round(performance.now() - startedAt));
  response.headers = AxiosHeaders.from(response.headers as never);
  if (!(inspect.custom in response.headers)) printHeadersSafely(response.headers as never);
  // Third-party adapters may omit the config.
  (response as Partial<AxiosResponse>).config ??= config;
  // Transforms need the response to report a body that they cannot parse.
  config.response = response;
  try {
    response.data = transform(config.transformResponse, config, response.data, response.headers, response.status);
  } finally {
    delete config.response;
  }
  return response;
}

function transform(
  transforms: unknown,
  config: RequestConfig,
  data: unknown,
  headers: unknown,
  status?: number,
): unknown {
  if (typeof transforms === 'function') return (transforms as Transform).call(config, data, headers, status);
  if (!Array.isArray(transforms)) return data;
  return (transforms as Transform[]).reduce((value, one) => one.call(config, value, headers, status), data);
}

function throwIfCancelled(config: RequestConfig): void {
  const { cancelToken, signal } = config;
  cancelToken?.throwIfRequested();
  if (signal?.aborted) throw new CanceledError(undefined, config);
}
