/** Replaces secrets in printed output. */
const REDACTED = '***';

const SECRET_NAME =
  /auth(?!ors?$)|cookie|token|jwt|assertion|secret|passw|pwd|credential|session|signature|api[-_]?key|(?<!idempotency)[-_]key$|(access|private)key|^sig$|^key$|^code$/i;

/** Short words that are parts of other words too, such as `shipping` and `compass`. */
const SECRET_WORD = /(?<![a-z])(?:pass(?:code|key|phrase)?|[ht]?otp|pin(?:code)?|sid|sas|dpop|hmac|bearer)(?![a-z])/i;

/** Between the words of a name like `userPin` or `PINCode`. */
const HUMP = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** Whether a header, query parameter or field with this name usually contains a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || SECRET_WORD.test(name) || SECRET_WORD.test(name.replace(HUMP, '-'));
}

/** A URL that is safe to log: without user name, password and the values of query parameters that are usually secret. */
export function redactURL(url: string): string {
  return redactUserInfo(url).replace(/([?&#])([^=&#?]*)=([^&#]*)/g, (whole, mark: string, name: string) =>
    isSecretName(decodeName(name)) ? `${mark}${name}=${REDACTED}` : whole,
  );
}

/** A URL in a text, such as that of a Redis or a proxy, without the punctuation that follows it. */
const URL_IN_TEXT = /\b[a-z][a-z\d+.-]{1,30}:\/\/[^\s"'<>`]*[^\s"'<>`.,;:!?)\]}]/gi;

/** A text in which the URLs are safe to log. */
export function redactText(text: string): string {
  return text.includes('://') ? text.replace(URL_IN_TEXT, redactURL) : text;
}

/** Headers that are safe to log. */
export function redactHeaders(headers: Iterable<[string, unknown]>): Record<string, unknown> {
  const printable: Record<string, unknown> = {};
  for (const [name, value] of headers) printable[name] = redactHeader(name, value);
  return printable;
}

/** The value of a header as it is safe to log. */
export function redactHeader(name: string, value: unknown): unknown {
  if (isSecretName(name)) return REDACTED;
  return typeof value === 'string' ? redactValue(name, value) : value;
}

/** Headers whose value is a URL, which may be relative. */
const URL_HEADER = /^(?:content-)?location$|^referer$/i;

function redactValue(name: string, value: string): string {
  if (URL_HEADER.test(name)) return redactURL(value);
  // Of `Link` and `Refresh`, and whatever else quotes a URL.
  const refreshed = redactText(value).replace(/\burl=\S+/gi, redactURL);
  return refreshed.replace(/<([^<>?#]*[?#][^<>]*)>/g, (_, url: string) => `<${redactURL(url)}>`);
}

function redactUserInfo(url: string): string {
  // The URL standard drops these characters, treats a backslash as a slash, and any number of slashes as two.
  const text = url.replace(/^[\p{Cc} ]+|[\t\n\r]/gu, '');
  // The last @ of the authority ends the user info; a password may contain an @.
  const plain = text.replace(/^(https?:|[a-z][a-z\d+.-]*:(?=[\\/]{2}))?([\\/]*)[^\\/?#]*@/i, '$1$2');
  if (URL.canParse(plain)) return plain;
  // An invalid URL may contain its password anywhere.
  return withoutPassword(plain);
}

/** Without the first `user:password@`. Not by one expression, which would take the square of the length. */
function withoutPassword(text: string): string {
  let start = 0;
  for (const part of text.split(/(?=[?#])/)) {
    const end = part.lastIndexOf('@');
    const colon = end < 0 ? -1 : part.search(/:(?!\/\/)/);
    if (colon >= 0 && colon < end) {
      let user = colon;
      while (user > 0 && !/[\\/?#:@\s]/.test(part.charAt(user - 1))) user--;
      return text.slice(0, start + user) + text.slice(start + end + 1);
    }
    start += part.length;
  }
  return text;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
