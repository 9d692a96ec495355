/** @see RFC 9110, section 5.6.2: token */
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** Whether `text` is an HTTP token, the syntax of header names and methods. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * The name of a header as it is written in `headers`, in any case: third-party adapters such as mocks do not lower it.
 * `get` of AxiosHeaders does the same but is slower.
 *
 * @param lowerName in lower case
 */
export function findName(headers: object, lowerName: string): string | undefined {
  for (const name of Object.keys(headers)) {
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return name;
  }
  return undefined;
}

/** Characters of names and values. */
export function sizeOf(headers: object): number {
  let size = 0;
  for (const name of Object.keys(headers)) {
    const value = (headers as Record<string, unknown>)[name];
    size += name.length + (typeof value === 'string' ? value : String(value)).length;
  }
  return size;
}
