/** With names in lower case. */
export type LowerCaseHeaders = Record<string, string | string[] | undefined>;

/** Of these, Node reads the first value. All other repeated headers are joined, except Set-Cookie. */
const FIRST_ONLY: ReadonlySet<string> = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]); // prettier-ignore

/** Of the characters up to this one, a header may contain a tab alone. */
export const SPACE = 0x20;

/**
 * Gives a header the value that `node:http` gives it: undici has a list for each that is repeated, and leaves whitespace at the end.
 *
 * @see https://nodejs.org/api/http.html#messageheaders
 */
export function readAsNode(headers: LowerCaseHeaders, name: string): void {
  // Not that of a polluted prototype.
  if (!Object.hasOwn(headers, name)) return;
  const values = [headers[name] ?? []].flat().map(withoutPadding);
  // A list even for one cookie, because axios expects it.
  if (name === 'set-cookie') headers[name] = values;
  else headers[name] = FIRST_ONLY.has(name) ? values[0] : values.join(name === 'cookie' ? '; ' : ', ');
}

/**
 * Whitespace at the end does not belong to a value. Not by `trimEnd`, to which other characters are whitespace, too, nor by a
 * pattern, which takes long for much of it inside.
 *
 * @see RFC 9110, section 5.5
 */
function withoutPadding(given: unknown): string {
  // Not always a string: a dispatcher of the caller may pass what no parser does.
  const value = String(given);
  let { length } = value;
  while (value.charCodeAt(length - 1) <= SPACE) length -= 1;
  return value.slice(0, length);
}
