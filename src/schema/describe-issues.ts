import type { SchemaIssue } from '../response/standard-schema';

const MAX_ISSUES = 10;
const MAX_LENGTH = 200;
/** Of the schema's words, and values of the answer; beyond these the words are left out and only the paths are told. */
const MAX_WORDS = 2000;
const MAX_VALUES = 10_000;

/** Where libraries begin to tell what they were given: "but received …", "(was …". */
const RECEIVED = /[\s,;:(]*(?:\(was\b|\b(?:but|received|got|actual|with value)\b)[^]*$/i;
/** What arktype was given, where it has several things to say of it. */
const GIVEN = /^\([^]*\) (?=must be\.\.\.)/;
/** What `JSON.parse` quotes: a part of a text, which is no value of the answer. */
const EXCERPT = /(?:\.{3})?"[^]*"(?:\.{3})?(?= is not valid JSON)/g;
/** Values that are words of the schema's, and no secrets. */
const TYPE_NAMES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'list', 'date', 'null']);

/**
 * What is wrong with `answer`, fit for a message: by path, and without the values, which may be secrets.
 * What the schema was given is told by its kind.
 */
export function describeIssues(issues: readonly SchemaIssue[], answer: unknown): string {
  const told = issues.slice(0, MAX_ISSUES);
  const words = told.map(wordsOf);
  const mask = maskFor(answer, words.join('\n'));
  // Masked before it is cut: a value may hold the words at which it is.
  const wants = words.map((text) => mask(text).replace(RECEIVED, ''));
  if (told.length === 0) return '(root): the schema does not say why';
  const texts = told.map(({ path }, index) => describe(path, wants[index] ?? '', kindAt(answer, path)));
  if (issues.length > told.length) texts.push(`and ${issues.length - told.length} more`);
  return texts.join('; ');
}

/** `text`, without what stands in `answer`. */
export function withoutValues(text: string, answer: unknown): string {
  return text.length > MAX_WORDS ? '' : maskFor(answer, text)(text);
}

function describe(path: SchemaIssue['path'], words: string, kind: string): string {
  const text = `${describePath(path)}: ${words}`.replaceAll(/[\s\p{Cc}]+/gu, ' ').trimEnd();
  return `${shorten(text, MAX_LENGTH - kind.length - 3)} (${kind})`;
}

/** The schema's own words, without the path with which those of arktype begin. */
function wordsOf({ path, message }: SchemaIssue): string {
  if (message.length > MAX_WORDS) return '';
  const where = describePath(path);
  const start = [`${where} `, `value at ${where} `].find((one) => message.startsWith(one)) ?? '';
  return message.slice(start.length).replace(GIVEN, '');
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

function kindAt(answer: unknown, path: readonly PropertyKey[]): string {
  let value = answer;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return 'missing';
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

type Mask = (words: string) => string;

/** Takes out of words what stands in `answer`; of `quotes` they are all a part. */
function maskFor(answer: unknown, quotes: string): Mask {
  const text = quotes.toLowerCase();
  const found = new Set<string>();
  let count = 0;
  for (const value of scalarsOf(answer)) {
    if (++count > MAX_VALUES) return () => '';
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      if (form.length > 1 && text.includes(form.toLowerCase()) && !TYPE_NAMES.has(form)) found.add(form);
    }
  }
  // The longest first: one value may be a part of another.
  const forms = [...found].sort((a, b) => b.length - a.length).map(toPattern);
  return (words) => forms.reduce((masked, form) => masked.replaceAll(form, '***'), words).replaceAll(EXCERPT, '***');
}

/** A short value is masked as a word of its own only: it may be a part of any word. One character is no secret. */
function toPattern(form: string): RegExp {
  const escaped = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(form.length > 3 ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}

/** The texts and numbers in a value, without recursion: it may be nested deeper than the stack, or in itself. */
function* scalarsOf(answer: unknown): Generator<string> {
  const rest = [answer];
  const seen = new Set<unknown>();
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' || typeof value === 'number') yield String(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const one of Object.values(value)) rest.push(one);
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
