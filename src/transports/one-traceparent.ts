import { channel, subscribe, type Channel } from 'node:diagnostics_channel';

/** Whether a copy of this package in the process keeps watch. */
const WATCHED = Symbol.for('@hdms/http-client/one-traceparent');

/** undici, Node's fetch too, publishes each request here before it is sent. Instrumentations add their headers then. */
export const requestCreated: Channel & { [WATCHED]?: true } = channel('undici:request:create');

/** The request of undici. */
interface CreatedRequest {
  /** Names and values in turn. */
  readonly headers: unknown;
  addHeader?: (name: string, value: string) => unknown;
}

/**
 * From now on, a request of undici has one `traceparent`, that of the instrumentation. undici can only append a header, and
 * two of them count as none: the trace would end there. Without a second `traceparent`, a request stays as it is.
 *
 * @see W3C Trace Context, section 3.2
 */
export function keepOneTraceparent(): void {
  if (requestCreated[WATCHED]) return;
  requestCreated[WATCHED] = true;
  subscribe('undici:request:create', onCreate);
}

function onCreate(message: unknown): void {
  const { request } = message as { readonly request: CreatedRequest };
  const { headers, addHeader } = request;
  if (!isList(headers)) return;
  // An instrumentation that was loaded earlier has added its headers; a later one will do so.
  let added = firstAdded(headers);
  added -= dropReplaced(headers, added);
  if (!addHeader) return;
  request.addHeader = (name, value) => {
    const result = addHeader.call(request, name, value);
    added -= dropReplaced(headers, added);
    return result;
  };
}

function isList(headers: unknown): headers is string[] {
  return Array.isArray(headers);
}

/** Index of the first header that an instrumentation added or will add. */
function firstAdded(headers: readonly string[]): number {
  const traceparents = headers.flatMap((_, index) => (nameAt(headers, index) === 'traceparent' ? index : []));
  return traceparents.length > 1 ? Number(traceparents.at(-1)) : headers.length;
}

/** @returns how many entries before `added` are dropped because of those from there on */
function dropReplaced(headers: string[], added: number): number {
  const replaced = new Set<string | undefined>();
  for (let index = added; index < headers.length; index++) replaced.add(nameAt(headers, index));
  if (!replaced.has('traceparent')) return 0;
  // It belonged to the other traceparent.
  replaced.add('tracestate');
  let dropped = 0;
  for (let index = added - 2; index >= 0; index -= 2) {
    const name = String(nameAt(headers, index));
    if (!TRACE_HEADERS.has(name) || !replaced.has(name)) continue;
    headers.splice(index, 2);
    dropped += 2;
  }
  return dropped;
}

const TRACE_HEADERS: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage']);

/** The name of a header in lower case; `undefined` at the index of a value. */
function nameAt(headers: readonly string[], index: number): string | undefined {
  return index % 2 === 0 ? headers[index]?.toLowerCase() : undefined;
}
