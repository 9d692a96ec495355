import { isSecretName, redactText } from './redact';
import { onOneLine } from './rewriting';

/** In place of a secret. */
export const REDACTED = '***';

/** Characters that are looked at: far more than are quoted, so that no value is cut where its name no longer shows. */
const MAX_INPUT = 4000;

/** `Bearer …` and its like, unless what follows looks like a word. */
const CREDENTIALS =
  /\b([Bb]earer|BEARER|[Bb]asic|BASIC|DPoP|[Nn]egotiate)\s+(?=[a-z.~+/-]*[\dA-Z_=]|\S{16})[\w.~+/-]{6,}=*/g;

/** Levels of fields within fields. */
const MAX_DEPTH = 20;

/** What is a secret by its form, whatever its name, and what replaces it. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{5,}(?:\.[\w-]*)*/g, REDACTED],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}-----|$)/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, REDACTED],
  // GitHub, GitLab, Slack, Stripe, Google.
  [/\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_(?:live|test)_|AIza)[\w-]{10,}/g, REDACTED],
  [/\b((?:set-)?cookie\s{0,5}:\s{0,5})[^;\s"']+(?:;\s?[^;\s"'=]+(?:=[^;\s"']*)?)*/gi, `$1${REDACTED}`],
];

const USER_INFO = /\b([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,200}@/gi;

/** A value: quoted, quoted inside of a quoted text, a list, an object, or a word. It may be cut off. */
const VALUE = [
  /"(?:[^"\\]|\\[^])*(?:"|$)/,
  /\\"(?:[^"\\]|\\(?!"))*(?:\\"|$)/,
  /'[^']*(?:'|$)/,
  /\[[^\]]*\]?/,
  /\{[^}]*\}?/,
  /[^\s,;&}\])"'<>]+/,
].map(({ source }) => source);

/** `name=value`, `name: value`, `"name": "value"`. */
const FIELD = new RegExp(`(?<![\\w.-])([\\w.-]{1,64})(\\\\?["']?\\s{0,5}[:=]\\s{0,5})(${VALUE.join('|')})`, 'g');

/** The beginning of an XML element that has a text. */
const ELEMENT = /(<([\w:.-]{1,64})(?:\s[^<>]*)?(?<!\/)>)(?:<!\[CDATA\[[^]*?(?:\]\]>|$)|[^<])*/g;

/**
 * The beginning of a text that another service wrote, safe to log: one line, and without what looks like a secret.
 *
 * @param limit characters
 */
export function safeQuote(text: string, limit: number): string {
  const line = onOneLine(text.slice(0, MAX_INPUT));
  const plain = redactForms(line)
    .replace(USER_INFO, '$1')
    .replace(FIELD, redactField(0))
    .replace(ELEMENT, (whole, tag: string, name: string) => (isSecretName(name) ? tag + REDACTED : whole))
    .trim();
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}

/** Characters of a message that are looked at. Of a longer one, the last `MAX_INPUT` of them are not shown. */
const MAX_MESSAGE = 20_000;

/** The message of an error that other code threw, safe to log: without what looks like a secret, and with its URLs redacted. */
export function redactMessage(message: string): string {
  // First, because what ends an excerpt may be far behind its beginning.
  const text = withoutExcerpt(message);
  const seen = text.slice(0, MAX_MESSAGE);
  const plain = redactForms(redactText(seen)).replace(FIELD, redactField(0, isHarmlessField));
  return text.length > MAX_MESSAGE ? `${plain.slice(0, MAX_MESSAGE - MAX_INPUT)}…` : plain;
}

/** What these name is a secret even if it is a word, as in `password: swordfish`; but `no secret: access denied`. */
const SURE_NAME = /(?:pass(?:word|wd|phrase)|pwd|[a-z][-_]?(?:secret|key))$/i;

/** Fields, name and value, that are no secret in the message of an error. */
const HARMLESS: readonly RegExp[] = [
  // `OAuthError: …` is the class of an error.
  /^[\w.-]*(?:Error|Exception|Unauthorized)(?![\w.-])/,
  // `invalid token: not-active`.
  /^[\w.-]+["']?: [A-Za-z][a-z]{0,14}(?:[_-][A-Za-z][a-z]{0,14}){0,4}[.!]?$/,
  // `Unauthorized: 401`, `auth: ETIMEDOUT`, `auth: ERR_SOCKET`.
  /^[\w.-]+["']?: (?:\d{1,3}|E[A-Z]{3,14}|[A-Z]{2,9}(?:_[A-Z\d]{1,14}){1,5})[.!]?$/,
  // `auth=none`.
  /^[\w.-]+["']?[:=]\s*(?:none|null|undefined|true|false)$/,
  // `max_tokens: 4096`. Other numbers may be a PIN.
  /^[\w.-]*(?:tokens|timeout|ttl|expires_?in)["']?[:=]\s*\d{1,12}$/i,
  // `token-service:8000`.
  /^[\w.-]+:\d{1,5}(?!\w)/,
  // What is redacted already.
  /^[\w.-]+["']?[:=]\s*\*\*\*/,
];

/** Whether a field in the message of an error is no secret, whatever its name suggests. */
function isHarmlessField(name: string, rest: string, around: string): boolean {
  if (SURE_NAME.test(name)) return false;
  // That of an error or a process, unless it is a parameter.
  if (name === 'code' && !/[?&#]/.test(around)) return true;
  return HARMLESS.some((form) => form.test(name + rest));
}

/** What JSON.parse says of a text that it quotes. */
const JSON_ENDS = ['"', '"...'].map((quote) => `${quote} is not valid JSON`);
const EXCERPT_ENDS = JSON_ENDS.concat('" is an invalid header value');

/** Masks what an error of JSON.parse or of Headers quotes. Linear in the length of the message: this is why it is a function. */
export function withoutExcerpt(message: string): string {
  const ends = EXCERPT_ENDS.map((text) => ({ at: message.lastIndexOf(text), text }));
  const { at, text } = ends.reduce((one, other) => (other.at > one.at ? other : one));
  const start = excerptStart(message, JSON_ENDS.includes(text), at);
  if (start < 0 || start >= at) return message;
  return `${message.slice(0, start)}${REDACTED}${message.slice(at + text.indexOf(' '))}`;
}

/** JSON.parse quotes after a comma. What is quoted before it, such as the name of a file, is not an excerpt. */
function excerptStart(message: string, isJSON: boolean, end: number): number {
  const commas = [', "', ', ..."'].map((mark) => message.indexOf(mark)).filter((at) => at >= 0 && at < end);
  if (isJSON && commas.length > 0) return Math.min(...commas) + ', '.length;
  const first = message.indexOf('"');
  return message.endsWith('...', first) ? first - 3 : first;
}

function redactForms(text: string): string {
  const plain = FORMS.reduce((rest, [form, replacement]) => rest.replace(form, replacement), text);
  return plain.replace(CREDENTIALS, `$1 ${REDACTED}`);
}

type Replace = (match: string, name: string, mark: string, value: string, at: number, text: string) => string;

/**
 * A value that is no secret may itself hold fields. What is nested deeper than anybody writes it is left out.
 *
 * @param isShown whether a field stays, given its name, its mark and value, and the characters before and after it
 */
function redactField(depth: number, isShown?: (name: string, rest: string, around: string) => boolean): Replace {
  return (match, name, mark, value, at, text) => {
    const around = text.charAt(at - 1) + text.charAt(at + match.length);
    const isSecret = isSecretName(name) && isShown?.(name, mark + value, around) !== true;
    const isHidden = isSecret || depth === MAX_DEPTH;
    return name + mark + (isHidden ? REDACTED : value.replace(FIELD, redactField(depth + 1, isShown)));
  };
}
