import { type AxiosHeaders, type AxiosRequestConfig, type InternalAxiosRequestConfig } from 'axios';
import { LeanHeaders } from './lean-headers';

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
  config.method = (config.method ?? 'get').toLowerCase();
  config.allowAbsoluteUrls ??= true;
  const headers = new LeanHeaders();
  if (!addDefaults(headers, defaults.headers, config.method)) return undefined;
  if (!addHeaders(headers, options.headers)) return undefined;
  config.headers = headers;
  return config;
}

function assign(config: Record<string, unknown>, options: Options, left: ReadonlySet<string> = HEADERS): boolean {
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
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function addDefaults(headers: Headers, defaults: Options | undefined, method: string): boolean {
  if (!defaults) return true;
  const names = Object.keys(defaults);
  for (const group of ['common', method]) {
    if (names.includes(group) && !addHeaders(headers, defaults[group] as Options | undefined)) return false;
  }
  for (const name of names) {
    if (GROUPS.has(name) && typeof defaults[name] === 'object') continue;
    if (!addHeader(headers, name, defaults[name])) return false;
  }
  return true;
}

function addHeaders(headers: Headers, own: Options | undefined): boolean {
  if (!own) return true;
  for (const name of Object.keys(own)) if (!addHeader(headers, name, own[name])) return false;
  return true;
}

function addHeader(headers: Headers, name: string, value: unknown): boolean {
  // With `false`, axios keeps a header from being set.
  if ((typeof value === 'object' && value !== null) || value === false || UNUSUAL.has(name)) return false;
  headers.set(name, value as string);
  return true;
}
