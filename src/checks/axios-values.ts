import { isOptions } from './kind-of';

const ADAPTERS: ReadonlySet<unknown> = new Set(['http', 'fetch', 'xhr']);

/** Whether a base URL has a query or fragment, which would swallow the path of each call. */
export function hasQuery(baseURL: unknown): boolean {
  return isString(baseURL) && (baseURL.includes('?') || baseURL.includes('#'));
}

/** Whether the bytes of a response can be converted to text with `encoding`; without one, its charset decides. */
export function isTextEncoding(encoding: unknown): boolean {
  if (encoding === undefined || encoding === null) return true;
  if (!isString(encoding) || encoding === '') return false;
  if (Buffer.isEncoding(encoding)) return true;
  try {
    return Boolean(new TextDecoder(encoding));
  } catch {
    return false;
  }
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** Also an instance of a class, and an object of another realm. */
export function isDictionary(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export function isListOf(value: unknown, accepts: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

/** Whether all members that are set are accepted. */
export function areAll(value: object, accepts: (one: unknown) => boolean): boolean {
  return Object.values(value).every((one) => one === undefined || accepts(one));
}

function areFunctions(value: object, names: readonly string[]): boolean {
  return names.every((name) => memberOf(value, name) === undefined || isFunction(memberOf(value, name)));
}

/** Without a password, an empty one is sent. */
export function isCredentials(value: unknown): boolean {
  const password = memberOf(value, 'password') ?? '';
  return isString(memberOf(value, 'username')) && (isString(password) || typeof password === 'number');
}

export function isParams(value: unknown): boolean {
  if (value === null || isOptions(value)) return true;
  // Of another realm, too, such as that of a test environment.
  return Object.prototype.toString.call(value) === '[object URLSearchParams]';
}

export function isSerializer(value: unknown): boolean {
  if (value === null || isFunction(value)) return true;
  return isDictionary(value) && areFunctions(value, ['encode', 'serialize', 'visitor']);
}

export function isFormSerializer(value: unknown): boolean {
  return isDictionary(value) && areFunctions(value, ['visitor']);
}

export function isAdapter(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length > 0 && value.every((one) => !one || (!Array.isArray(one) && isAdapter(one)));
  return isFunction(value) || (isString(value) && ADAPTERS.has(value.toLowerCase()));
}

/** Node calls `addRequest`; an adapter may take a dispatcher of undici. A plain object of options for an agent has neither. */
export function isAgent(value: unknown): boolean {
  return ['addRequest', 'createConnection', 'dispatch'].some((name) => isFunction(memberOf(value, name)));
}

export function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

/** `[up]` limits uploads only. */
export function isRate(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length < 3 && value.every((one) => (one ?? undefined) === undefined || isAmount(one));
  return value === null || isAmount(value);
}
