const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
/** A scheme, or a parameter with its value. A quoted value is one piece, whatever is in it. */
const PART = new RegExp(
  `(?<name>${TOKEN})(?:[ \\t]*=[ \\t]*(?:"(?<quoted>(?:[^"\\\\]|\\\\.)*)"|(?<plain>[^\\s,"]+)))?`,
  'g',
);

/**
 * The `error` of the Bearer challenge in a `WWW-Authenticate` header, in lower case; `undefined` if there is none.
 *
 * @see RFC 6750, section 3; RFC 9110, section 11.6.1
 */
export function bearerError(header: string): string | undefined {
  let scheme = '';
  // Schemes and names of parameters are case-insensitive, and services are lax about the value.
  for (const { groups } of header.toLowerCase().matchAll(PART)) {
    const { name = '', quoted, plain } = groups ?? {};
    const value = quoted ?? plain;
    if (value === undefined) scheme = name;
    else if (scheme === 'bearer' && name === 'error') return value;
  }
  return undefined;
}
