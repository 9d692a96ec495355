import { isSecretName, redactText } from './redact';

const REDACTED = '***';

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

const ELEMENT = /<([\w:.-]{1,64})>[^<]*/g;

/**
 * The beginning of a text that another service wrote, safe to log: one line, and without what looks like a secret.
 *
 * @param limit characters
 */
export function safeQuote(text: string, limit: number): string {
  const line = text.slice(0, MAX_INPUT).replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
  const plain = redactForms(line)
    .replace(USER_INFO, '$1')
    .replace(FIELD, redactField(0))
    .replace(ELEMENT, (whole, name: string) => (isSecretName(name) ? `<${name}>${REDACTED}` : whole))
    .trim();
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}

/** The message of an error that other code threw, safe to log: without what looks like a secret, and with its URLs redacted. */
export function redactMessage(message: string): string {
  return redactForms(redactText(withoutExcerpt(message))).replace(FIELD, redactField(0, HARMLESS));
}

/** `invalid token: expired`, `Unauthorized: 401`, `auth: ECONNREFUSED`, `token-service:8000`, and what is redacted already. */
const HARMLESS = /^(?:["']?: (?:[A-Za-z][a-z]{0,14}|\d{1,3}|E[A-Z]{3,14})[.!]?$|:\d{1,5}(?!\w)|["']?[:=]\s*\*\*\*)/;

/** What JSON.parse and Headers say of a text that they quote. */
const EXCERPT_ENDS = ['"', '"...'].map((quote) => `${quote} is not valid JSON`).concat('" is an invalid header value');

/** Masks what an error of JSON.parse or of Headers quotes. Linear in the length of the message: this is why it is a function. */
export function withoutExcerpt(message: string): string {
  const ends = EXCERPT_ENDS.map((text) => ({ at: message.lastIndexOf(text), length: text.indexOf(' ') }));
  const { at, length } = ends.reduce((one, other) => (other.at > one.at ? other : one));
  const first = message.indexOf('"');
  if (first < 0 || first >= at) return message;
  const start = message.endsWith('...', first) ? first - 3 : first;
  return `${message.slice(0, start)}${REDACTED}${message.slice(at + length)}`;
}

function redactForms(text: string): string {
  const plain = FORMS.reduce((rest, [form, replacement]) => rest.replace(form, replacement), text);
  return plain.replace(CREDENTIALS, `$1 ${REDACTED}`);
}

type Replace = (match: string, name: string, mark: string, value: string) => string;

/**
 * A value that is no secret may itself hold fields. What is nested deeper than anybody writes it is left out.
 *
 * @param harmless the marks and values that stay under any name
 */
function redactField(depth: number, harmless?: RegExp): Replace {
  return (_, name, mark, value) => {
    if (harmless?.test(mark + value)) return name + mark + value;
    const isHidden = isSecretName(name) || depth === MAX_DEPTH;
    return name + mark + (isHidden ? REDACTED : value.replace(FIELD, redactField(depth + 1, harmless)));
  };
}
