import { AxiosHeaders, type AxiosRequestConfig, type InternalAxiosRequestConfig } from 'axios';
import { findName, isToken } from '../util/header-names';

/** Groups of default headers. @see axios, "Config defaults" */
const GROUPS: ReadonlySet<string> = new Set(['common', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put']);

const HEADERS: ReadonlySet<string> = new Set(['headers']);
/** A request's own: axios takes none of them from the defaults. */
const OWN: ReadonlySet<string> = new Set(['headers', 'url', 'data']);

/** Names that axios looks at more closely, or passes over. */
const UNUSUAL: ReadonlySet<string> = new Set([
  'paramsSerializer',
  'transitional',
  '__proto__',
  'constructor',
  'prototype',
]);

/** As axios has it: without Object's own members, so that an option cannot be slipped in through a polluted prototype. */
const PROTOTYPE = Object.create(null, {
  hasOwnProperty: Object.getOwnPropertyDescriptor(Object.prototype, 'hasOwnProperty') ?? {},
}) as object;

/** What axios would neither trim nor clean. */
const PLAIN_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

type Headers = InstanceType<typeof AxiosHeaders>;
type Options = Readonly<Record<string, unknown>>;

/**
 * Defaults and options in one, as `mergeConfig` of axios has it, where none of them has to be merged with another or copied.
 *
 * @returns `undefined` where it takes axios to do it
 */
export function leanConfig(
  defaults: AxiosRequestConfig,
  options: AxiosRequestConfig,
): InternalAxiosRequestConfig | undefined {
  const config = Object.create(PROTOTYPE) as InternalAxiosRequestConfig & Record<string, unknown>;
  if (!assign(config, defaults as Options, OWN) || !assign(config, options as Options)) return undefined;
  config.method = (named(config.method) ?? named(ownOf(defaults, 'method')) ?? 'get').toLowerCase();
  config.allowAbsoluteUrls ??= true;
  const headers = new AxiosHeaders();
  if (!addDefaults(headers, ownOf(defaults, 'headers'), config.method)) return undefined;
  if (!addHeaders(headers, ownOf(options, 'headers'))) return undefined;
  config.headers = headers;
  return config;
}

/** What an interceptor answered with, if that is no config of ours, as one: without prototype, and with headers of axios's. */
export function repairConfig(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  if (typeof config !== 'object' || (config as unknown) === null) return config;
  const prototype: unknown = Object.getPrototypeOf(config);
  // Those that axios itself has merged have none.
  const isOurs = prototype === PROTOTYPE || prototype === null;
  if (isOurs && config.headers instanceof AxiosHeaders) return config;
  const sound = isOurs ? config : (Object.assign(Object.create(PROTOTYPE) as object, config) as typeof config);
  if (!(sound.headers instanceof AxiosHeaders)) sound.headers = AxiosHeaders.from(sound.headers);
  return sound;
}

/** An empty method counts as none. */
function named(method: string | undefined): string | undefined {
  return method === '' ? undefined : method;
}

function ownOf<T extends object, N extends keyof T>(options: T, name: N): T[N] | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

function assign(config: Record<string, unknown>, options: Options, left: ReadonlySet<string> = HEADERS): boolean {
  if (Object.getOwnPropertySymbols(options).length > 0) return false;
  for (const name of Object.keys(options)) {
    if (left.has(name)) continue;
    const value = options[name];
    // axios takes it for a wish there, and for nothing everywhere else.
    if (value === undefined) {
      if (name === 'validateStatus') return false;
      continue;
    }
    if (isMerged(name, value)) return false;
    config[name] = value;
  }
  return true;
}

/** Whether axios would merge or copy a value. */
function isMerged(name: string, value: unknown): boolean {
  if (UNUSUAL.has(name)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || isPlainObject(value);
}

function addDefaults(headers: Headers, defaults: object | undefined, method: string): boolean {
  if (!isDictionary(defaults)) return defaults === undefined;
  const names = Object.keys(defaults);
  for (const group of ['common', method]) {
    if (names.includes(group) && !addHeaders(headers, defaults[group])) return false;
  }
  for (const name of names) {
    if (GROUPS.has(name) && typeof defaults[name] === 'object') continue;
    if (UNUSUAL.has(name) || !addHeader(headers, name, defaults[name])) return false;
  }
  return true;
}

function addHeaders(headers: Headers, own: unknown): boolean {
  if (own === undefined) return true;
  if (!isDictionary(own)) return false;
  for (const name of Object.keys(own)) {
    if (UNUSUAL.has(name) || !addHeader(headers, name, own[name])) return false;
  }
  return true;
}

/** Whether headers are a plain object or axios's; axios takes a Map or a Headers too. */
function isDictionary(headers: unknown): headers is Options {
  return headers instanceof AxiosHeaders || (typeof headers === 'object' && isPlainObject(headers));
}

function isPlainObject(value: object | null): boolean {
  if (value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * Sets a header as axios does; a plain one, as nearly all are, in a tenth of the time.
 *
 * @returns whether it is set; with `false`, a list and unusual names axios has ways of its own
 */
function addHeader(headers: Headers, name: string, value: unknown): boolean {
  if ((typeof value === 'object' && value !== null) || value === false || !isToken(name)) return false;
  // Names of methods are kept free by axios.
  const isPlain = typeof value === 'string' && PLAIN_VALUE.test(value) && !(name in AxiosHeaders.prototype);
  if (isPlain) headers[findName(headers, name.toLowerCase()) ?? name] = value;
  else headers.set(name, value as string);
  return true;
}
