import type { SchemaIssue } from './standard-schema';

const MAX_ISSUES = 10;
const MAX_LENGTH = 200;
/** Of the schema's words, and values of the answer; beyond these the words are left out and only the paths are told. */
const MAX_WORDS = 2000;
const MAX_VALUES = 10_000;

/** Where libraries begin to tell what they were given: "but received …", "(was …". */
const RECEIVED = /[\s,;:(]*(?:\(was\b|\b(?:but|received|got|actual|with value)\b)[^]*$/i;

/**
 * What is wrong with `answer`, fit for a message: by path, and without the values, which may be secrets.
 * What the schema was given is told by its kind.
 */
export function describeIssues(issues: readonly SchemaIssue[], answer: unknown): string {
  const told = issues.slice(0, MAX_ISSUES);
  const mask = maskFor(answer, told.map(({ message }) => message).join('\n'));
  const texts = told.map((issue) => shorten(describe(issue, answer, mask)));
  if (issues.length > told.length) texts.push(`and ${issues.length - told.length} more`);
  return texts.join('; ');
}

type Mask = (words: string) => string;

function describe({ path, message }: SchemaIssue, answer: unknown, mask: Mask): string {
  const where = describePath(path);
  const words = message.length > MAX_WORDS ? '' : mask(message.replace(RECEIVED, ''));
  // arktype begins with the path itself.
  const rest = words.startsWith(`${where} `) ? words.slice(where.length + 1) : words;
  return `${where}: ${rest} (${kindAt(answer, path)})`.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}

function describePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(root)';
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    const name = String(key);
    return /^[\w$-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
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

/** Takes out of words what stands in `answer`; of `quotes` they are all a part. */
function maskFor(answer: unknown, quotes: string): Mask {
  const text = quotes.toLowerCase();
  const found = new Set<string>();
  let count = 0;
  for (const value of scalarsOf(answer)) {
    if (++count > MAX_VALUES) return () => '';
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      if (form.length > 1 && text.includes(form.toLowerCase())) found.add(form);
    }
  }
  // The longest first: one value may be a part of another.
  const forms = [...found].sort((a, b) => b.length - a.length).map(toPattern);
  return (words) => forms.reduce((masked, form) => masked.replaceAll(form, '***'), words);
}

/** A short value is masked as a word of its own only: it may be a part of any word. One character is no secret. */
function toPattern(form: string): RegExp {
  const escaped = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(form.length > 3 ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}

/** The texts and numbers in a JSON value, without recursion: it may be nested deeper than the stack. */
function* scalarsOf(answer: unknown): Generator<string> {
  const rest = [answer];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' || typeof value === 'number') yield String(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) rest.push(one);
  }
}

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
