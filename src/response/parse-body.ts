import type { AxiosResponseTransformer } from 'axios';

/** JSON bodies that are a string, by the config of their request: their value must not be parsed a second time. */
const parsedTexts = new WeakMap<object, string>();

/** Parses a body whose content type is JSON. Invalid JSON stays text, so that an error page does not hide its status. */
export const transformResponse: AxiosResponseTransformer = function (data: unknown, headers) {
  const { responseType, parseReviver } = this;
  if (typeof data !== 'string' || (responseType !== undefined && responseType !== 'json')) return data;
  // Read as a property, as it is on headers off the wire; the `get` of AxiosHeaders walks through all of them.
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

/** Whether the text `data` is the value of a JSON body, and not a body that has still to be parsed. */
export function isParsed(data: unknown, config: object): boolean {
  return parsedTexts.get(config) === data;
}
