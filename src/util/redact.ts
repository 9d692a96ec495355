import { REWRITING } from './rewriting';

/** Replaces secrets in printed output. */
const REDACTED = '***';

const SECRET_NAME =
  /auth(?!or(?:s|ity)?$)|cookie|token|jwt|assertion|secret|passw|pwd|credential|sess(?:ion|id)|signature|verifier|dpop|^key$|^code$|^saml(?:request|response|art)$/i;

/** Short words that are parts of other words too, such as `shipping` and `compass`. */
const SECRET_WORD =
  /(?<![a-z])(?:pass(?:code|key|phrase)?|pw|[ht]?otp|mfa|pin(?:code)?|psk|sid|sess|sas|creds?|hmac|bearer|[cx]srf|cv[cv]|hdn(?:ts|ea))(?![a-z])|(?<![a-z])sign?$/i;

/** What a key is of that opens nothing. */
const SUBJECTS = [
  'cache document end foreign group hash idempotency issue last message next object order parent partition primary',
  'project public range routing row sort start surrogate translation',
].flatMap((words) => words.split(' '));

/** `appKey`, `app_key` and `appkey`, but not `sortKey`. A `backendKey` is one, though it ends like `endKey`. */
const SECRET_KEY = new RegExp(
  [
    `(?<!(?<![a-z])(?:${SUBJECTS.join('|')}))[-_. ]key$`,
    '(?:access|api|private)[-_. ]?key',
    '(?:account|app|client|encryption|license|master|service|shared|signing|subscription|user)key$',
  ].join('|'),
  'i',
);

/** `deviceCode` and `device_code`; `countryCode` and `statusCode` are not secrets. */
const SECRET_CODE =
  /(?:activation|backup|confirmation|device|invite|oob|recovery|(?<![a-z])reset|security|sms|user|verification)[-_. ]?code$/i;

const SECRET_WORDS = [SECRET_WORD, SECRET_KEY, SECRET_CODE];

/** Between the words of a name like `userPin` or `PINCode`. */
const HUMP = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** Whether a header, query parameter or field with this name usually contains a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replace(HUMP, '-');
  return SECRET_NAME.test(name) || SECRET_WORDS.some((secret) => secret.test(words));
}

/** A URL that is safe to log: without user name, password and the values of query parameters that are usually secret. */
export function redactURL(url: string): string {
  return redactQuery(redactUserInfo(url), 0);
}

/** How often a URL may be encoded within the query of another one. What is encoded more often is left out. */
const MAX_ENCODED = 3;

/** A `?` or `#` ends the host, unless it may be in a password. */
const NESTED_USER_INFO = /\/\/(?:[^\\/?#]*|[^\\/?#:@]*:(?!\d{1,5}[?#])[^\\/]*)@/g;

/** Without the values of secret parameters, also those of a URL in the query and of a path like `/a;jsessionid=b`. */
function redactQuery(text: string, level: number): string {
  // Marks that may be in a secret value, and do not end it.
  let within = '';
  return text
    .split(/(?=[?&#;])/)
    .map((part) => {
      const mark = /^[?&#;]/.exec(part)?.[0] ?? '';
      if (mark !== '' && within.includes(mark)) return '';
      // The beginning of a URL is not a parameter, but that of a decoded value may be one.
      if (mark === '' && level === 0) return part;
      const name = part.includes('=') ? part.slice(mark.length, part.indexOf('=') + 1) : '';
      const isSecret = name !== '' && isSecretName(decodeEscapes(name.slice(0, -1)));
      within = isSecret && mark !== ';' ? '?;' : '';
      const value = part.slice(mark.length + name.length);
      return mark + name + (isSecret ? REDACTED : redactNested(value, level));
    })
    .join('');
}

/** The value of a parameter, which may be a URL. */
function redactNested(value: string, level: number): string {
  const plain = value.replace(NESTED_USER_INFO, '//');
  const decoded = plain.includes('%') ? decodeEscapes(plain) : plain;
  if (decoded === plain) return plain;
  if (level === MAX_ENCODED) return REDACTED;
  const redacted = redactQuery(decoded.replace(NESTED_USER_INFO, '//'), level + 1);
  return redacted === decoded ? plain : encode(redacted);
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
  if (URL_HEADER.test(name)) return redactTarget(value);
  // Of `Link` and `Refresh`, and whatever else quotes a URL.
  const refreshed = redactText(value).replace(/\burl=\S+/gi, redactTarget);
  return refreshed.replace(/<([^<>?#]*[?#][^<>]*)>/g, (_, url: string) => `<${redactURL(url)}>`);
}

/** A URL to go to. Its fragment is for a browser, and may be a token without a name, as in a link to log in. */
function redactTarget(url: string): string {
  return redactURL(url).replace(/#.+/s, `#${REDACTED}`);
}

function redactUserInfo(url: string): string {
  // The URL standard drops these characters, treats a backslash as a slash, and any number of slashes as two.
  const text = url.replace(/^[\p{Cc} ]+|[\t\n\r]/gu, '').replace(REWRITING, encodeURIComponent);
  // The last @ of the authority ends the user info; a password may contain an @.
  const plain = text.replace(/^(https?:|[a-z][a-z\d+.-]*:(?=[\\/]{2}))?([\\/]*)[^\\/?#]*@/i, '$1$2');
  if (URL.canParse(plain)) return plain;
  // An invalid URL may contain its password anywhere.
  return withoutPassword(plain);
}

/** What a program writes for a port that it does not know: what precedes it is a host. */
const MISSING_PORT = 'undefined|null|NaN|\\$\\{[^}]{0,64}\\}';

const COLON = new RegExp(`:(?!//|(?:${MISSING_PORT})(?:[\\\\/]|$))`);

const COLON_OF_NO_PORT = new RegExp(`:(?!//|(?:\\d{1,5}|${MISSING_PORT})(?:[\\\\/]|$))`);

/** Without the first `user:password@`. Not by one expression, which would take the square of the length. */
function withoutPassword(text: string): string {
  let start = 0;
  for (const part of text.split(/(?=[?#])/)) {
    const colon = part.search(COLON);
    const end = part.lastIndexOf('@');
    if (colon >= 0 && colon < end) return cut(text, start + colon, start + end);
    // These characters may be in the password, too, unless the colon is that of a port.
    const beforePassword = start === 0 ? part.search(COLON_OF_NO_PORT) : -1;
    if (beforePassword >= 0 && text.includes('@', part.length)) return cut(text, beforePassword, text.lastIndexOf('@'));
    start += part.length;
  }
  return text;
}

/** Without the user before `colon`, and what follows up to `end`. */
function cut(text: string, colon: number, end: number): string {
  let user = colon;
  while (user > 0 && !/[\\/?#:@\s]/.test(text.charAt(user - 1))) user--;
  return text.slice(0, user) + text.slice(end + 1);
}

/** Fails for half of a surrogate pair. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return REDACTED;
  }
}

/**
 * One escape that is not UTF-8, such as that of Latin-1, hides no secret beside it: those of ASCII are decoded. Nothing throws, because a
 * caller of the service may send thousands of them in one URL, and an exception for each would take longer than the call.
 */
export function decodeEscapes(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    const decoded = Buffer.from(escapes.replaceAll('%', ''), 'hex').toString();
    return decoded.includes('\ufffd') ? escapes.replace(/%[0-7][\da-f]/gi, decodeURIComponent) : decoded;
  });
}
