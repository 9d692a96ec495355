type Headers = Record<string, string | string[] | undefined>;

/** Of these, Node reads the first value. All other repeated headers are joined, except Set-Cookie. */
const FIRST_ONLY: ReadonlySet<string> = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]); // prettier-ignore

/**
 * Gives repeated headers the values that `node:http` gives them. undici has a list for each.
 *
 * @param headers with names in lower case; changed in place
 * @see https://nodejs.org/api/http.html#messageheaders
 */
export function readRepeatedAsNode(headers: Headers): Headers {
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (name === 'set-cookie') {
      // A list even for one cookie, because axios expects it.
      if (typeof value === 'string') headers[name] = [value];
    } else if (Array.isArray(value)) {
      headers[name] = FIRST_ONLY.has(name) ? value[0] : value.join(name === 'cookie' ? '; ' : ', ');
    }
  }
  return headers;
}
