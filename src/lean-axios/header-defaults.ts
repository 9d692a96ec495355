import type { RawAxiosRequestHeaders } from 'axios';

const METHODS = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

/**
 * Default headers, with axios's header groups by method. axios copies every group for every request, so a group is created
 * on first access.
 */
export function headerDefaults(headers: RawAxiosRequestHeaders = {}): RawAxiosRequestHeaders {
  const defaults: Record<string, unknown> = { common: { Accept: 'application/json, text/plain, */*' }, ...headers };
  for (const method of METHODS) {
    if (method in defaults) continue;
    const materialise = (value: unknown): unknown => {
      Object.defineProperty(defaults, method, { value, enumerable: true, writable: true, configurable: true });
      return value;
    };
    Object.defineProperty(defaults, method, { get: () => materialise({}), set: materialise, configurable: true });
  }
  return defaults as RawAxiosRequestHeaders;
}
