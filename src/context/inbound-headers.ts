/** Headers as Node represents them, with names in any case, a Fetch `Headers` object, or the `Metadata` of gRPC. */
export type InboundHeaders = NodeHeaders | FetchHeaders;

type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

interface FetchHeaders {
  get(name: string): string | null | readonly unknown[];
}

/** Node's headers are already. Those of a message or of an API gateway are named as they were sent. */
export function inLowerCase(headers: InboundHeaders): InboundHeaders {
  if (!areHeaders(headers) || isFetchHeaders(headers)) return headers;
  if (Object.keys(headers).every((name) => name === name.toLowerCase())) return headers;
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  // Of two names that differ in case only, the one in lower case counts.
  return { ...Object.fromEntries(lowered), ...headers };
}

/** Finds the value of a header by its name in lower case. */
export type Reader<Headers> = (headers: Headers, lowerName: string) => string | undefined;

/** Reads headers of Node. */
export function nodeValue(headers: NodeHeaders, lowerName: string): string | undefined {
  const value = headers[lowerName];
  // Not that of a polluted prototype.
  if (value === undefined || !Object.hasOwn(headers, lowerName)) return undefined;
  return typeof value === 'string' ? value : joined(value);
}

/** Joined as Node does it. A header that may occur only once is then malformed, and so ignored. */
function joined(value: unknown): string | undefined {
  return Array.isArray(value) && value.length > 0 ? value.join(', ') : undefined;
}

/** Reads headers of the Fetch standard, or metadata of gRPC, which have lists. */
export function fetchValue(headers: FetchHeaders, lowerName: string): string | undefined {
  const value = headers.get(lowerName);
  return typeof value === 'string' ? value : joined(value);
}

/** Whether `headers` may hold headers by name. */
export function areHeaders(headers: unknown): boolean {
  return typeof headers === 'object' && headers !== null && !Array.isArray(headers);
}

export function isFetchHeaders(headers: InboundHeaders): headers is FetchHeaders {
  return typeof headers['get' as never] === 'function';
}
