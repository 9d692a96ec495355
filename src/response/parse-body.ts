import type { AxiosResponseTransformer, InternalAxiosRequestConfig } from 'axios';

/** Values of JSON bodies that are strings, by call: they must not be parsed again. */
const parsedTexts = new WeakMap<object, string>();

/** The last Content-Type that was JSON, which is nearly always the next one. */
let latest = 'application/json';

function isJSON(contentType: string): boolean {
  if (contentType === latest) return true;
  if (!/[/+]json\s*(;|$)/i.test(contentType)) return false;
  latest = contentType;
  return true;
}

/** Parses a body if its content type is JSON. Invalid JSON stays text, so that an error page does not hide its status. */
export const transformResponse: AxiosResponseTransformer = function (data: unknown, headers) {
  const { responseType, parseReviver, call = this } = this as InternalAxiosRequestConfig & { readonly call?: object };
  // As for axios, neither `null` nor an empty string names a type.
  if (typeof data !== 'string' || (responseType && responseType !== 'json')) return data;
  // Headers from the wire have this property; `get` of AxiosHeaders scans all headers.
  const contentType = String(headers['content-type'] ?? headers.get('Content-Type'));
  if (!isJSON(contentType) && responseType !== 'json') return data;
  try {
    const value = JSON.parse(data, parseReviver) as unknown;
    if (typeof value === 'string') parsedTexts.set(call, value);
    return value;
  } catch {
    return data;
  }
};

/**
 * Whether the string `data` is the value of a parsed JSON body, not a body that still has to be parsed.
 *
 * @param owners the call and the config that the response may belong to; interceptors copy and replace configs
 */
export function isParsed(data: unknown, ...owners: readonly (object | null | undefined)[]): boolean {
  return owners.some((owner) => owner && parsedTexts.get(owner) === data);
}
