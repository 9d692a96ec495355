import { isPlainObject } from '../checks/kind-of';
import { isDropped } from '../util/dropped-names';

/** What `encodeURIComponent` escapes and axios does not. */
const UNESCAPED: Readonly<Record<string, string>> = { '%3A': ':', '%24': '$', '%2C': ',', '%20': '+' };

/**
 * The query of params that are texts, numbers, booleans, dates and lists of these, as axios writes it, except that the name of a list keeps
 * its `[]`. Most are, and axios takes as long for them as for the rest of a call.
 *
 * @param repeats whether the items of a list repeat its name
 * @returns `undefined` if axios must write it
 * @throws URIError if a text is not valid Unicode
 */
export function flatQuery(params: unknown, repeats: boolean): string | undefined {
  if (params instanceof URLSearchParams) return params.toString();
  if (!isPlainObject(params)) return undefined;
  const parts: string[] = [];
  for (const name of Object.keys(params)) {
    const value = params[name];
    if (isDropped(name)) return undefined;
    const trimmed = name.trim();
    // With that ending, axios writes JSON.
    if (typeof value === 'object' && trimmed.endsWith('{}')) return undefined;
    const isList = Array.isArray(value);
    if (isList && !repeats) return undefined;
    const written = encode(trimmed);
    for (const one of isList ? (value as unknown[]) : [value]) {
      if (one === undefined || one === null) continue;
      const text = textOf(one);
      if (text === undefined) return undefined;
      parts.push(`${written}=${encode(text)}`);
    }
  }
  return parts.join('&');
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

/** A URL with a query, in place of its fragment. */
export function withQuery(url: string, query: string): string {
  if (query === '') return url;
  const hash = url.indexOf('#');
  const start = hash === -1 ? url : url.slice(0, hash);
  return `${start}${start.includes('?') ? '&' : '?'}${query}`;
}

function encode(text: string): string {
  const encoded = encodeURIComponent(text);
  return encoded.includes('%') ? encoded.replace(/%(?:3A|24|2C|20)/g, (escaped) => UNESCAPED[escaped] ?? '') : encoded;
}
