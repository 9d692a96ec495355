/** With names in lower case. */
export type LowerCaseHeaders = Record<string, string | string[] | undefined>;

/** Of these, Node reads the first value. All other repeated headers are joined, except Set-Cookie. */
const FIRST_ONLY: ReadonlySet<string> = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]); // prettier-ignore

/**
 * Gives a header the value that `node:http` gives it: undici has a list for each that is repeated.
 *
 * @see https://nodejs.org/api/http.html#messageheaders
 */
export function readRepeatedAsNode(headers: LowerCaseHeaders, name: string): void {
  const value = headers[name];
  // A list even for one cookie, because axios expects it.
  if (name === 'set-cookie') headers[name] = Array.isArray(value) ? value : [String(value)];
  else if (Array.isArray(value)) {
    headers[name] = FIRST_ONLY.has(name) ? value[0] : value.join(name === 'cookie' ? '; ' : ', ');
  }
}
