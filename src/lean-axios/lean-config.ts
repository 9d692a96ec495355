import { AxiosHeaders, type AxiosRequestConfig, type InternalAxiosRequestConfig } from 'axios';
import { printAs } from '../util/printable';
import { redactHeaders, redactURL } from '../util/redact';
import { findName, isToken } from '../util/header-names';
import { LOWER_CASE } from '../util/method-names';
import { quickCopy } from './flat-values';
import { mergeParams } from './merge-params';

/** Groups of default headers. @see axios, "Config defaults" */
const GROUPS: ReadonlySet<string> = new Set(['common', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put']);

/** Names that axios treats specially or skips. A `switch`, because a look into a set costs more. */
function isUnusual(name: string): boolean {
  switch (name) {
    case 'paramsSerializer':
    case 'transitional':
    case '__proto__':
    case 'constructor':
    case 'prototype':
      return true;
    default:
      return false;
  }
}

/** As in axios: without the members of Object.prototype, so that a polluted prototype cannot add options. */
const PROTOTYPE = Object.create(null, {
  hasOwnProperty: Object.getOwnPropertyDescriptor(Object.prototype, 'hasOwnProperty') ?? {},
}) as object;

// A response is logged with its config, which holds the token, and may hold certificates and passwords.
printAs(PROTOTYPE, 'Config', ({ method, url, baseURL, headers, timeout, responseType, call }: LoggedConfig) => ({
  method,
  baseURL: typeof baseURL === 'string' ? redactURL(baseURL) : undefined,
  url: typeof url === 'string' ? redactURL(url) : undefined,
  headers: redactHeaders(Object.entries(headers ?? {})),
  timeout,
  responseType,
  call,
}));

/** A header value that axios would not trim or sanitise. */
const PLAIN_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

type LoggedConfig = AxiosRequestConfig & { readonly call?: unknown };
type Headers = InstanceType<typeof AxiosHeaders>;
type Options = Readonly<Record<string, unknown>>;

/**
 * Combines defaults and options as axios's `mergeConfig` does, if no value must be merged or copied.
 *
 * @returns `undefined` if axios must do it
 */
export function leanConfig(
  defaults: AxiosRequestConfig,
  options: AxiosRequestConfig,
): InternalAxiosRequestConfig | undefined {
  const config = Object.create(PROTOTYPE) as InternalAxiosRequestConfig & Record<string, unknown>;
  if (!assign(config, defaults as Options, true) || !assign(config, options as Options, false)) return undefined;
  const method = nonEmpty(config.method) ?? nonEmpty(ownOf(defaults, 'method')) ?? 'get';
  config.method = LOWER_CASE.get(method) ?? method.toLowerCase();
  config.allowAbsoluteUrls ??= true;
  const headers = new AxiosHeaders();
  const given = ownOf(options, 'headers');
  if (!addDefaults(headers, ownOf(defaults, 'headers'), config.method)) return undefined;
  if (given !== undefined && !addHeaders(headers, given)) return undefined;
  config.headers = headers;
  return config;
}

/** Repairs a config that an interceptor replaced: removes Object.prototype and converts the headers to AxiosHeaders. */
export function repairConfig(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  if (typeof config !== 'object' || (config as unknown) === null) return config;
  const prototype: unknown = Object.getPrototypeOf(config);
  // Configs that axios merged have no prototype.
  const isOurs = prototype === PROTOTYPE || prototype === null;
  if (prototype === null) Object.setPrototypeOf(config, PROTOTYPE);
  if (isOurs && config.headers instanceof AxiosHeaders) return config;
  const repaired = isOurs ? config : (Object.assign(Object.create(PROTOTYPE) as object, config) as typeof config);
  if (!(repaired.headers instanceof AxiosHeaders)) repaired.headers = AxiosHeaders.from(repaired.headers);
  return repaired;
}

/** An interceptor may make another config, which is sent in the same call. */
export function keepCall<Config extends { call?: unknown }>(
  config: Config,
  previous: { readonly call?: unknown },
): Config {
  if (previous.call !== undefined && typeof config === 'object' && config.call === undefined)
    config.call = previous.call;
  return config;
}

/** An empty method counts as missing. */
function nonEmpty(method: string | undefined): string | undefined {
  return method === '' ? undefined : method;
}

function ownOf<T extends object, N extends keyof T>(options: T, name: N): T[N] | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

function assign(config: Record<string, unknown>, options: Options, areDefaults: boolean): boolean {
  if (Object.getOwnPropertySymbols(options).length > 0) return false;
  for (const name of Object.keys(options)) {
    // axios never takes these two from the defaults.
    if (name === 'headers' || (areDefaults && (name === 'url' || name === 'data'))) continue;
    const value = options[name];
    // axios ignores undefined options, except `validateStatus: undefined`.
    if (value === undefined) {
      if (name === 'validateStatus') return false;
      continue;
    }
    const copy = name === 'params' || name === 'auth' ? quickCopy(config[name], value) : undefined;
    if (copy === undefined && needsMerge(name, value)) return false;
    config[name] = copy ?? value;
  }
  return true;
}

/** Whether axios would merge or copy a value. */
function needsMerge(name: string, value: unknown): boolean {
  if (isUnusual(name)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return name === 'params' || Array.isArray(value) || isPlainObject(value);
}

/** Options for axios, so that it merges `params` and `headers` with those of the client, also those that are no plain objects. */
export function forAxios(options: AxiosRequestConfig, defaults: AxiosRequestConfig): AxiosRequestConfig {
  const { paramsSerializer = defaults.paramsSerializer } = options;
  const given: unknown = ownOf(options, 'params');
  const params = mergeParams(ownOf(defaults, 'params'), given, paramsSerializer);
  const headers: unknown = ownOf(options, 'headers');
  const isForeign = headers === null || (typeof headers === 'object' && Symbol.iterator in headers);
  if (params === given && !isForeign) return options;
  return { ...options, params, headers: (isForeign ? AxiosHeaders.from(headers as never) : headers) as never };
}

function addDefaults(headers: Headers, defaults: object | undefined, method: string): boolean {
  if (!isPlainHeaders(defaults)) return defaults === undefined;
  const names = Object.keys(defaults);
  for (const group of ['common', method]) {
    const own = names.includes(group) ? defaults[group] : undefined;
    if (own !== undefined && !addHeaders(headers, own)) return false;
  }
  for (const name of names) {
    if (GROUPS.has(name) && typeof defaults[name] === 'object') continue;
    if (isUnusual(name) || !addHeader(headers, name, defaults[name])) return false;
  }
  return true;
}

function addHeaders(headers: Headers, own: unknown): boolean {
  if (!isPlainHeaders(own)) return false;
  for (const name of Object.keys(own)) {
    if (isUnusual(name) || !addHeader(headers, name, own[name])) return false;
  }
  return true;
}

/** Whether headers are a plain object or AxiosHeaders; axios must handle a Map or a Headers. */
function isPlainHeaders(headers: unknown): headers is Options {
  return headers instanceof AxiosHeaders || (typeof headers === 'object' && isPlainObject(headers));
}

function isPlainObject(value: object | null): boolean {
  if (value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * Sets a header as axios does. A plain header, as nearly all are, is set without what axios does for the others.
 *
 * @returns whether it is set; axios treats `false`, lists and unusual names specially
 */
function addHeader(headers: Headers, name: string, value: unknown): boolean {
  if ((typeof value === 'object' && value !== null) || value === false || !isToken(name)) return false;
  // axios reserves the names of AxiosHeaders methods.
  const isPlain = typeof value === 'string' && PLAIN_VALUE.test(value) && !(name in AxiosHeaders.prototype);
  if (isPlain) headers[findName(headers, name.toLowerCase()) ?? name] = value;
  else headers.set(name, value as string);
  return true;
}
