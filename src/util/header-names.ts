/** @see RFC 9110, section 5.6.2: token */
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** Whether `text` is an HTTP token, as header names and methods are. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * The name under which a header is there, in whatever case: adapters of others, such as mocks, do not lower it. `get` of
 * AxiosHeaders does the same and costs more.
 *
 * @param lowerName in lower case
 */
export function findName(headers: object, lowerName: string): string | undefined {
  for (const name of Object.keys(headers)) {
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return name;
  }
  return undefined;
}
