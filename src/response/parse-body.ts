import type { AxiosResponseTransformer } from 'axios';

/** Values of JSON bodies that are strings, by request config: they must not be parsed again. */
const parsedTexts = new WeakMap<object, string>();

/** Parses a body if its content type is JSON. Invalid JSON stays text, so that an error page does not hide its status. */
export const transformResponse: AxiosResponseTransformer = function (data: unknown, headers) {
  const { responseType, parseReviver } = this;
  if (typeof data !== 'string' || (responseType !== undefined && responseType !== 'json')) return data;
  // Headers from the wire have this property; `get` of AxiosHeaders scans all headers.
  const contentType = String(headers['content-type'] ?? headers.get('Content-Type'));
  if (!/[/+]json\s*(;|$)/i.test(contentType) && responseType !== 'json') return data;
  try {
    const value = JSON.parse(data, parseReviver) as unknown;
    if (typeof value === 'string') parsedTexts.set(this, value);
    return value;
  } catch {
    return data;
  }
};

/** Whether the string `data` is the value of a parsed JSON body, not a body that still has to be parsed. */
export function isParsed(data: unknown, config: object): boolean {
  return parsedTexts.get(config) === data;
}
