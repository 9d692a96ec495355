import type { HTTPClientOptions } from '../client/options/client-options';
import { withoutUndefined } from '../util/without-undefined';

/** The options of a named client: those that it sets, otherwise the shared ones. `headers` and `retry` merge by name. */
export function mergeOptions(shared: HTTPClientOptions, own: HTTPClientOptions): HTTPClientOptions {
  const merged: HTTPClientOptions = { ...shared, ...withoutUndefined(own) };
  const headers = mergeHeaders(shared.headers, own.headers);
  const retry = areObjects(shared.retry, own.retry)
    ? { ...shared.retry, ...withoutUndefined(own.retry ?? {}) }
    : merged.retry;
  return { ...merged, ...(headers && { headers }), ...(retry && { retry }) };
}

/** The names of headers are not case-sensitive. */
function mergeHeaders(shared: Headers, own: Headers): Headers {
  if (!areObjects(shared, own)) return own ?? shared;
  const replaced = new Set(Object.keys(own ?? {}).map((name) => name.toLowerCase()));
  const kept = Object.entries(shared ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

type Headers = HTTPClientOptions['headers'];

/** Whether both can be merged. The client reports a value that is not an object. */
function areObjects(shared: unknown, own: unknown): boolean {
  return [shared, own].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
}
