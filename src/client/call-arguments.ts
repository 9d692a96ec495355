import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { contentTypeOf } from '../request/content-type';
import { encodeBody } from '../request/encode-body';
import type { Call } from '../call/call';
import { toMilliseconds } from '../call/clock';
import { isPlainObject } from '../checks/kind-of';
import { checkRequestOptions } from './options/check-request-options';
import type { RequestOptions } from './options/request-options';
import { fillPath } from '../request/path-params';
import { sendEncoded } from '../request/send-body';
import { isToken } from '../util/header-names';
import { checkOthers, mayBeBody, orField, USUAL_METHODS, wrongMethod, wrongOptions, wrongURL } from './wrong-arguments';

/** The arguments of a call. A list, so that a third one, which JavaScript may pass, is noticed. */
export type CallArguments<Options = RequestOptions> = [url: string | URL, options?: Options | undefined];

/** Without a prototype, so that no inherited option is found. */
const NO_OPTIONS = Object.freeze(Object.create(null)) as RequestOptions;

/**
 * The options of a call, checked. They have no prototype: it may be polluted.
 *
 * @param known names that need no closer look
 * @throws TypeError or RangeError that names the wrong argument of a call
 */
export function readArguments(method: string, given: CallArguments, known: ReadonlySet<string>): RequestOptions {
  if (!USUAL_METHODS.has(method) && (typeof method !== 'string' || !isToken(method))) throw wrongMethod(method);
  const url = given[0] as unknown;
  if (typeof url !== 'string' && !(url instanceof URL)) throw wrongURL(method, url);
  const options = given[1];
  if (given.length > 2) checkOthers(method, options, given.slice(2));
  if (options === undefined) return NO_OPTIONS;
  if (!isPlainObject(options)) throw wrongOptions(method, options);
  const own = Object.assign(Object.create(NO_OPTIONS) as RequestOptions, options);
  try {
    checkRequestOptions(method, own, known);
  } catch (error) {
    throw mayBeBody(method, own) ? orField(error) : error;
  }
  return own;
}

/**
 * Fills the path of a call.
 *
 * @throws TypeError that names the wrong placeholder
 */
export function fillPathOf(call: Call, [url]: CallArguments, pathParams: unknown): void {
  const filled = fillPath(url, pathParams);
  call.url = filled.url;
  call.template = filled.template;
}

/** The options that axios takes as they are; `undefined` means the default here, but axios gives it a meaning for some. */
function axiosOptions(options: object): object {
  const config = Object.create(NO_OPTIONS) as Record<string, unknown>;
  for (const name of Object.keys(options)) {
    const value = options[name as never] as unknown;
    if (value !== undefined && !isConverted(name)) config[name] = value;
  }
  return config;
}

function isConverted(name: string): boolean {
  return name === 'data' || name === 'json' || name === 'timeout' || name === 'pathParams';
}

/**
 * The contract's arguments as an axios config.
 *
 * @param defaults those of the client
 * @throws InvalidRequest if the body cannot be serialised
 */
export function toAxiosConfig(
  options: RequestOptions,
  call: Call,
  defaults: AxiosInstance['defaults'],
): AxiosRequestConfig {
  const { data, json, timeout, headers } = options;
  const config = axiosOptions(options) as AxiosRequestConfig;
  const { transformRequest = defaults.transformRequest } = config;
  const type = typeof data === 'object' ? contentTypeOf(headers, defaults.headers, call.method) : undefined;
  const encoded = encodeBody(data, json, call, type);
  config.method = call.method;
  config.url = call.url;
  config.data = encoded.body;
  config.transformRequest = sendEncoded(encoded, transformRequest);
  config.call = call;
  if (timeout !== undefined) config.timeout = toMilliseconds(timeout);
  return config;
}
