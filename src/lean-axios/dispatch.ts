import { inspect } from 'node:util';
import axios from 'axios';
// Not in the import above, which would read them through a getter each time.
import { AxiosHeaders, CanceledError, isCancel, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { printHeadersSafely } from '../util/printable';
import { peekSignal } from './config-signal';

type RequestConfig = InternalAxiosRequestConfig & { response?: AxiosResponse };
type Transform = (this: RequestConfig, data: unknown, headers: unknown, status?: number) => unknown;

const WITH_BODY: ReadonlySet<string | undefined> = new Set(['post', 'put', 'patch']);

/**
 * Transforms an intercepted request and passes it to its adapter, as axios does. `receive` and `refuse` continue with the
 * outcome: a promise in between would be kept by each call that waits.
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
  return send(config);
}

/**
 * Transforms the response of an adapter, as axios does.
 *
 * @param sentAt in milliseconds on the monotonic clock
 * @throws CanceledError if the request was cancelled before the response arrived, or the error of a transform
 */
export function receive(response: AxiosResponse, config: RequestConfig, sentAt: number): AxiosResponse {
  throwIfCancelled(config);
  return read(response, config, sentAt);
}

/**
 * Transforms the response of an adapter that has rejected, as axios does.
 *
 * @throws the adapter's error, CanceledError if the request was cancelled before, or the error of a transform
 */
export function refuse(reason: unknown, config: RequestConfig, sentAt: number): never {
  if (!isCancel(reason)) throwIfCancelled(config);
  const { response } = (reason ?? {}) as { readonly response?: AxiosResponse };
  if (response && !isCancel(reason)) read(response, config, sentAt);
  throw reason;
}

function read(response: AxiosResponse, config: RequestConfig, sentAt: number): AxiosResponse {
  response.duration = Math.max(0, Math.round(performance.now() - sentAt));
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
  config.cancelToken?.throwIfRequested();
  if ('signal' in config && peekSignal(config)?.aborted) throw new CanceledError(undefined, config);
}
