import { decodeEscapes, isSecretName } from './redact';
import { REDACTED } from './safe-quote';

/** Characters. A shorter secret is a part of other words, too. */
const MIN_SECRET = 8;

/** A text without these secrets: a service may quote what it refuses. */
export function maskEchoes(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (rest, secret) => (secret.length < MIN_SECRET ? rest : rest.replaceAll(secret, REDACTED)),
    text,
  );
}

/** Characters of a long text that are searched: a quote shows far fewer. */
const MAX_SEARCHED = 20_000;

/** The beginning of a text, long enough for a quote, without these secrets, nor a part of one that is cut off at its end. */
export function beginningWithout(secrets: readonly string[], text: string): string {
  const longest = secrets.reduce((length, secret) => Math.max(length, secret.length), 0);
  if (text.length <= MAX_SEARCHED + longest) return maskEchoes(text, secrets);
  const masked = maskEchoes(text.slice(0, MAX_SEARCHED + longest), secrets);
  return masked.slice(0, Math.max(0, masked.length - longest));
}

/** The secrets in headers: of a credential what follows its scheme, of a cookie its value. */
export function secretsIn(headers: object): string[] {
  const secret = Object.entries(headers).filter(([name]) => isSecretName(name));
  return secret.flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    return /authorization$/i.test(name) ? secretsOfCredential(value) : secretsOf(value);
  });
}

/** The secrets in a URL: the password, and the values of query parameters with a secret name. */
export function secretsInURL(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { password, searchParams } = new URL(url);
  const secret = [...searchParams].filter(([name]) => isSecretName(name));
  return [decodeEscapes(password), ...secret.map(([, value]) => value)];
}

/** A scheme is a word of other texts, too: `Negotiate`, `Signature`. */
function secretsOfCredential(value: string): string[] {
  const [, scheme = '', credentials = value] = /^([\w-]+)\s+(.*)/s.exec(value) ?? [];
  return [...secretsOf(credentials), scheme.toLowerCase() === 'basic' ? passwordOf(credentials) : ''];
}

function secretsOf(value: string): string[] {
  const words = value.split(/[\s;,]+/).filter((word) => word !== '');
  // The whole first, because a part of it may not be masked.
  return [value, ...words.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])];
}

function passwordOf(credentials: string): string {
  const pair = Buffer.from(credentials, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}
