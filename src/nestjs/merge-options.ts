import type { HTTPClientOptions } from '../client/options';
import { withoutUndefined } from '../util/without-undefined';

/** Options of a named client: its own, and for the rest those of all. `headers` and `retry` are merged by name. */
export function mergeOptions(shared: HTTPClientOptions, own: HTTPClientOptions): HTTPClientOptions {
  const merged: HTTPClientOptions = { ...shared, ...withoutUndefined(own) };
  const headers = mergeHeaders(shared.headers, own.headers);
  const retry = both(shared.retry, own.retry)
    ? { ...shared.retry, ...withoutUndefined(own.retry ?? {}) }
    : merged.retry;
  return { ...merged, ...(headers && { headers }), ...(retry && { retry }) };
}

/** A header's name counts whatever its case. */
function mergeHeaders(shared: Headers, own: Headers): Headers {
  if (!both(shared, own)) return own ?? shared;
  const replaced = new Set(Object.keys(own ?? {}).map((name) => name.toLowerCase()));
  const kept = Object.entries(shared ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

type Headers = HTTPClientOptions['headers'];

/** Whether there are two objects to merge. What is none is for the client to complain of. */
function both(shared: unknown, own: unknown): boolean {
  return [shared, own].every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
}
