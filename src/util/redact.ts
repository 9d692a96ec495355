/** What stands in a printing where a secret stood. */
export const REDACTED = '***';

const SECRET_NAME =
  /auth(?!ors?$)|cookie|token|jwt|assertion|secret|passw|pwd|credential|session|signature|api[-_]?key|(?<!idempotency)[-_]key$|(access|private)key|^sig$|^key$|^code$/i;

/** Whether a header, query parameter or field of that name usually carries a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A URL fit for logs: no user name, no password, and no value of a query parameter that usually is a secret. */
export function redactURL(url: string): string {
  return redactUserInfo(url).replace(/([?&#])([^=&#?]*)=([^&#]*)/g, (whole, mark: string, name: string) =>
    isSecretName(decodeName(name)) ? `${mark}${name}=${REDACTED}` : whole,
  );
}

/** Headers fit for logs. */
export function redactHeaders(headers: Iterable<[string, unknown]>): Record<string, unknown> {
  const printable: Record<string, unknown> = {};
  for (const [name, value] of headers) printable[name] = isSecretName(name) ? REDACTED : value;
  return printable;
}

function redactUserInfo(url: string): string {
  // The URL standard drops these, and takes a backslash for a slash and any number of them for two.
  const text = url.replace(/^[\p{Cc} ]+|[\t\n\r]/gu, '');
  // The last @ of the authority ends the user info; a password may hold an @ of its own.
  const plain = text.replace(/^(https?:|[a-z][a-z\d+.-]*:(?=[\\/]{2}))?([\\/]*)[^\\/?#]*@/i, '$1$2');
  if (URL.canParse(plain)) return plain;
  // What is no URL may have its password anywhere.
  return plain.replace(/[^\\/?#:@\s]*:(?!\/\/)[^?#]*@/, '');
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
