import type { SchemaIssue } from '../response/standard-schema';
import { onOneLine } from '../util/rewriting';
import { withoutExcerpt } from '../util/safe-quote';

const MAX_ISSUES = 10;
const MAX_LENGTH = 200;
/** Characters of a schema's message, and values in the body. Above these, only the paths are reported. */
const MAX_MESSAGE_LENGTH = 2000;
const MAX_VALUES = 10_000;

/** Where libraries begin to quote the received value: "but received …", "(was …". */
const RECEIVED = /\(was\b|\b(?:but|received|got|actual|with value)\b/i;
/** How arktype quotes the received value if several things are wrong with it. */
const RECEIVED_BY_ARKTYPE = /^\([^]*\) (?=must be\.\.\.)/;
/** Values that are not masked, because schemas use these words in their messages. */
const TYPE_NAMES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'list', 'date', 'null']);

/**
 * Describes what is wrong with `body`, for an error message: by path, and without the values, which may be secrets.
 * Instead of a received value, its kind is named.
 */
export function describeIssues(issues: readonly SchemaIssue[], body: unknown): string {
  const shown = issues.slice(0, MAX_ISSUES);
  const messages = shown.map(messageOf);
  const mask = maskFor(body, messages.join('\n'));
  // Masked before it is cut, because a value may hold the words at which it is cut.
  const masked = messages.map((message) => withoutReceived(mask(message)));
  if (shown.length === 0) return '(root): the schema does not say why';
  const texts = shown.map(({ path }, index) => describe(path, masked[index] ?? '', kindAt(body, path)));
  if (issues.length > shown.length) texts.push(`and ${issues.length - shown.length} more`);
  return texts.join('; ');
}

/** `text`, with the values that occur in `body` masked. */
export function withoutValues(text: string, body: unknown): string {
  return text.length > MAX_MESSAGE_LENGTH ? '' : maskFor(body, text)(text);
}

function describe(path: SchemaIssue['path'], message: string, kind: string): string {
  const text = onOneLine(`${describePath(path)}: ${message}`).trimEnd();
  return `${shorten(text, MAX_LENGTH - kind.length - 3)} (${kind})`;
}

/** The schema's message, without the path that arktype puts in front. */
function messageOf({ path, message }: SchemaIssue): string {
  if (message.length > MAX_MESSAGE_LENGTH) return '';
  const where = describePath(path);
  const prefix = [`${where} `, `value at ${where} `].find((start) => message.startsWith(start)) ?? '';
  return message.slice(prefix.length).replace(RECEIVED_BY_ARKTYPE, '');
}

function describePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(root)';
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    const name = String(key);
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return parts.join('').replace(/^\./, '');
}

function kindAt(body: unknown, path: readonly PropertyKey[]): string {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return 'missing';
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

type Mask = (message: string) => string;

/** A function that masks the values of `body` in a message. All messages must be part of `messages`. */
function maskFor(body: unknown, messages: string): Mask {
  const text = messages.toLowerCase();
  const found = new Set<string>();
  let count = 0;
  for (const value of scalarsOf(body)) {
    if (++count > MAX_VALUES) return () => '';
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      // A single character is not a secret.
      if (form.length > 1 && text.includes(form.toLowerCase()) && !TYPE_NAMES.has(form)) found.add(form);
    }
  }
  // Longest first, because one value may be a part of another.
  const forms = [...found].sort((a, b) => b.length - a.length).map(toPattern);
  // JSON.parse quotes only a part of a value, which a search for whole values does not find.
  return (message) => withoutExcerpt(forms.reduce((rest, form) => rest.replaceAll(form, '***'), message));
}

/** The expressions of this file see text from a response, and are linear in its length: this is why it is a function. */
function withoutReceived(message: string): string {
  let end = message.search(RECEIVED);
  if (end < 0) return message;
  while (end > 0 && /[\s,;:(]/.test(message.charAt(end - 1))) end--;
  return message.slice(0, end);
}

/** A short value is masked only where it is a whole word, because it may occur within any word. */
function toPattern(form: string): RegExp {
  const escaped = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(form.length > 3 ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}

/** The strings and numbers in a value. Not recursive, because a value may be too deep for the stack, or circular. */
function* scalarsOf(body: unknown): Generator<string> {
  const rest = [body];
  const seen = new Set<unknown>();
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' || typeof value === 'number') yield String(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const child of Object.values(value)) rest.push(child);
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
