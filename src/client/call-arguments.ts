import { inspect } from 'node:util';
import type { AxiosRequestConfig } from 'axios';
import { contentTypeOf } from '../request/content-type';
import { encodeBody } from '../request/encode-body';
import type { Call } from '../call/call';
import { checkShapes } from '../checks/axios-options';
import { checkHeaders } from '../checks/headers';
import { checkNames, checkOptions } from '../checks/names';
import { checkInteger, checkSeconds, checkToken } from '../checks/values';
import { toMilliseconds } from './config';
import { AXIOS_OPTIONS, JSON_OPTIONS, REQUEST_OPTIONS } from './option-names';
import type { RequestOptions } from './options';
import { resolveRedirects } from '../wire/redirect-policy';
import { sendEncoded } from '../request/send-body';
import { isToken } from '../util/header-names';
import { withoutUndefined } from '../util/without-undefined';

/** Need no check: nearly all calls use one of these. */
const USUAL_METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

const KNOWN: ReadonlySet<string> = new Set([...REQUEST_OPTIONS, ...JSON_OPTIONS, ...AXIOS_OPTIONS]);

/** @throws TypeError or RangeError that names the wrong argument of a call */
export function checkArguments(method: string, url: string | URL, options: RequestOptions): void {
  if (!USUAL_METHODS.has(method) && (typeof method !== 'string' || !isToken(method))) {
    throw new TypeError(`Method must be an HTTP token, got ${inspect(method)}`);
  }
  if (typeof url !== 'string' && !((url as unknown) instanceof URL)) {
    throw new TypeError(`URL must be a string or a URL, got ${inspect(url, { depth: 0 })}`);
  }
  checkOptions(options);
  // Unknown names are accepted: they may belong to an axios plugin.
  checkNames('option', options, KNOWN, true);
  if ('schema' in options && options.schema !== undefined) {
    throw new TypeError('Option `schema` belongs to `getJson`, `postJson`, `putJson` and `patchJson`');
  }
  const { token, timeout, retryAttempts, deadline, data, json, headers } = options;
  if (token !== undefined && token !== null) checkToken('token', token);
  if (timeout !== undefined) checkSeconds('timeout', timeout);
  if (retryAttempts !== undefined) checkInteger('retryAttempts', retryAttempts, 0, 10);
  if (deadline !== undefined) checkSeconds('deadline', deadline);
  if (json !== undefined && data !== undefined && data !== null) {
    throw new TypeError('`data` and `json` cannot be combined: a request has one body');
  }
  if (headers !== undefined) checkHeaders(headers);
  if (options.redirects !== undefined || options.redirectHosts !== undefined) resolveRedirects(options);
  checkShapes(options as Readonly<Record<string, unknown>>);
}

/**
 * The contract's arguments as an axios config.
 *
 * @param defaults headers of the client
 * @throws InvalidRequest if the body cannot be serialised
 */
export function toAxiosConfig(options: RequestOptions, call: Call, defaults?: object): AxiosRequestConfig {
  const { data, json, timeout, ...rest } = options;
  const type = typeof data === 'object' ? contentTypeOf(rest.headers, defaults, call.method) : undefined;
  const encoded = encodeBody(data, json, call, type);
  const config = withoutUndefined(rest) as AxiosRequestConfig;
  config.method = call.method;
  config.url = call.url;
  config.data = encoded.body;
  config.call = call;
  if (timeout !== undefined) config.timeout = toMilliseconds(timeout);
  config.transformRequest ??= sendEncoded(encoded);
  return config;
}
