import { isSecretName } from './redact';

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
  const plain = FORMS.reduce((rest, [form, replacement]) => rest.replace(form, replacement), line)
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(USER_INFO, '$1')
    .replace(FIELD, redactField(0))
    .replace(ELEMENT, (whole, name: string) => (isSecretName(name) ? `<${name}>${REDACTED}` : whole))
    .trim();
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}

type Replace = (match: string, name: string, mark: string, value: string) => string;

/** A value that is no secret may itself hold fields. What is nested deeper than anybody writes it is left out. */
function redactField(depth: number): Replace {
  return (_, name, mark, value) => {
    const isHidden = isSecretName(name) || depth === MAX_DEPTH;
    return name + mark + (isHidden ? REDACTED : value.replace(FIELD, redactField(depth + 1)));
  };
}
