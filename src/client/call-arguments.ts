import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { contentTypeOf } from '../request/content-type';
import { encodeBody } from '../request/encode-body';
import type { Call } from '../call/call';
import { checkAxiosOptions } from '../checks/axios-options';
import { checkHeaders } from '../checks/headers';
import { isPlainObject, kindOf } from '../checks/kind-of';
import { checkBoolean, checkInteger, checkSeconds, checkToken } from '../checks/values';
import { REQUEST_OPTIONS } from './option-names';
import type { RequestOptions } from './options';
import { fillPath } from '../request/path-params';
import { resolveHedging } from '../resilience/hedging-options';
import { resolveRedirects } from '../wire/redirect-policy';
import { sendEncoded } from '../request/send-body';
import { checkCallHooks } from './call-hooks';
import { isToken } from '../util/header-names';
import { checkCallNames } from './unknown-options';
import { checkOthers, orField, USUAL_METHODS, takesBody, wrongMethod, wrongOptions, wrongURL } from './wrong-arguments';

/** The arguments of a call. A list, so that JavaScript that passes a third one can be told so. */
export type CallArguments<Options = RequestOptions> = [url: string | URL, options?: Options | undefined];

/** Without a prototype, so that no inherited option is found. */
const NO_OPTIONS = Object.freeze(Object.create(null)) as RequestOptions;

/** Calls with other options pay for a look at all of them. */
const OURS: ReadonlySet<string> = new Set(REQUEST_OPTIONS);

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
    checkOptions(method, own, known);
  } catch (error) {
    throw mayBeBody(method, own) ? orField(error) : error;
  }
  return own;
}

/** Whether the options may be the body that somebody meant to send. */
function mayBeBody(method: string, { json, data }: RequestOptions): boolean {
  return takesBody(method) && json === undefined && (data ?? undefined) === undefined;
}

function checkOptions(method: string, options: RequestOptions, known: ReadonlySet<string>): void {
  const names = Object.keys(options);
  if (!names.every((name) => OURS.has(name))) {
    if (!names.every((name) => known.has(name))) checkCallNames(method, options, known);
    checkAxiosOptions(options as Readonly<Record<string, unknown>>);
  }
  if ('schema' in options && options.schema !== undefined) {
    throw new TypeError('Option `schema` belongs to `getJson`, `postJson`, `putJson` and `patchJson`');
  }
  const { token, timeout, retryAttempts, deadline, retry, data, json, headers, signal, logErrorBody } = options;
  if (token !== undefined && token !== null) checkToken('token', token);
  if (timeout !== undefined) checkSeconds('timeout', timeout);
  if (retryAttempts !== undefined) checkInteger('retryAttempts', retryAttempts, 0, 10);
  if (deadline !== undefined) checkSeconds('deadline', deadline);
  if (json !== undefined && data !== undefined && data !== null) {
    throw new TypeError('`data` and `json` cannot be combined: a request has one body');
  }
  if (json === true && !takesBody(method)) {
    throw new TypeError('`json` is the body of a request: to parse that of the response, use `getJson`');
  }
  if (retry !== undefined) checkCallHooks(retry);
  if (options.circuitBreaker !== undefined) checkCircuitBreaker(options.circuitBreaker);
  if (headers !== undefined) checkHeaders(headers);
  if (options.redirects !== undefined || options.redirectHosts !== undefined) resolveRedirects(options);
  if (logErrorBody !== undefined) checkBoolean('logErrorBody', logErrorBody);
  if (options.hedging !== undefined) resolveHedging(options.hedging);
  if (signal !== undefined) checkAxiosOptions({ signal });
}

function checkCircuitBreaker(given: unknown): void {
  if (given === false) return;
  const advice = 'its options belong to the client, `new HTTPClient({ circuitBreaker: { … } })`';
  throw new TypeError(`Option \`circuitBreaker\` of a call must be false, got ${kindOf(given)}: ${advice}`);
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

/** Seconds in the unit of axios: whole milliseconds, 0 for no limit. */
export function toMilliseconds(seconds: number): number {
  return seconds === Infinity ? 0 : Math.max(1, Math.round(seconds * 1000));
}
