import { wrongOption } from '../checks/wrong-option';
import { isPlainObject, kindOf } from '../checks/kind-of';
import { partsOf } from '../util/url-parts';

/** Values for the placeholders of a path. */
export type PathParams = Readonly<Record<string, string | number | boolean | bigint>>;

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Values for the placeholders in the path of `url`, such as `{id}`. */
    pathParams?: PathParams | undefined;
  }
}

/** A URL whose path has placeholders, and the URL with their values. */
interface FilledURL {
  readonly template: string;
  readonly url: string;
}

const PLACEHOLDER = /\{([\p{L}\p{N}_$.-]+)\}/gu;

/** What else has braces. */
const OTHER_BRACES = /\{[^{}]*\}|[{}]/;

/** A segment that the URL standard resolves instead of sending it. */
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/**
 * Fills the placeholders in the path of `given`, each value percent-encoded as a part of one segment.
 *
 * @param given a URL object has its braces encoded, which are placeholders too
 * @param params not checked yet
 * @throws TypeError that names the wrong placeholder; a value is not quoted, because it may be a secret
 * @see RFC 3986, section 3.3; RFC 6570, section 3.2.2
 */
export function fillPath(given: string | URL, params: unknown): FilledURL {
  if (!isPlainObject(params)) {
    throw wrongOption('pathParams', 'be an object, such as { id: 7 }', kindOf(params));
  }
  const { origin, path, rest } = partsOf(String(given));
  const template = given instanceof URL ? path.replace(/%7B((?:(?!%7B).)*?)%7D/gi, decodePlaceholder) : path;
  checkNoPlaceholder(origin, 'host');
  checkNoPlaceholder(rest, 'query');
  checkParamNames(namesIn(template), params);
  // The URL standard takes a backslash for a slash.
  const filled = template.replace(/[^\\/]+/g, (segment) => fillSegment(segment, params));
  const url = origin + filled + rest;
  // As of `{scheme}:{host}`.
  if (partsOf(url).origin !== origin) throw new TypeError('Option `pathParams` must not fill the host of the URL');
  return { template: origin + template + rest, url };
}

function decodePlaceholder(encoded: string, name: string): string {
  try {
    return `{${decodeURIComponent(name)}}`;
  } catch {
    return encoded;
  }
}

/** Something that looks like a placeholder would be sent as it is. */
function checkNoPlaceholder(part: string, what: 'host' | 'query'): void {
  const [placeholder] = part.match(PLACEHOLDER) ?? [];
  if (placeholder === undefined) return;
  const advice = what === 'query' ? ': query parameters go into { params: … }' : '';
  throw new TypeError(`Option \`pathParams\` fills only the path, but ${placeholder} is in the ${what}${advice}`);
}

function namesIn(template: string): ReadonlySet<string> {
  const [brace] = OTHER_BRACES.exec(template.replace(PLACEHOLDER, '')) ?? [];
  if (brace !== undefined) {
    throw wrongOption('pathParams', 'have placeholders such as {id} in the path', brace);
  }
  return new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
}

function checkParamNames(names: ReadonlySet<string>, params: Readonly<Record<string, unknown>>): void {
  const unused = Object.keys(params).filter((name) => !names.has(name));
  for (const name of names) {
    if (Object.hasOwn(params, name)) continue;
    const got = unused.length === 0 ? 'no such name' : unused.map((one) => `\`${one}\``).join(', ');
    throw wrongOption('pathParams', `have a value for {${name}} in the path`, got);
  }
  if (unused[0] === undefined) return;
  throw new TypeError(
    `Option \`pathParams\` has \`${unused[0]}\`, but the path of the URL has no {${unused[0]}}: ` +
      'query parameters go into { params: … }',
  );
}

function fillSegment(segment: string, params: Readonly<Record<string, unknown>>): string {
  let last = '';
  const fill = (encode: (text: string) => string): string =>
    segment.replace(PLACEHOLDER, (_, name: string) => encode(textOf((last = name), params[name])));
  const filled = fill((text) => encodeSegment(last, text));
  if (last === '' || !DOT_SEGMENT.test(fill(String))) return filled;
  throw wrongValue(last, "a value other than '.' and '..'", 'a value that leads to another path');
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw wrongValue(name, 'a finite number', String(value));
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw wrongValue(name, 'a non-empty string, a number, a boolean or a bigint', kindOf(value));
}

/** Also what `encodeURIComponent` leaves: some servers give it a meaning in paths. */
function encodeSegment(name: string, text: string): string {
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    throw wrongValue(name, 'well-formed Unicode', 'half a surrogate pair');
  }
}

function wrongValue(name: string, expected: string, got: string): TypeError {
  return wrongOption(`pathParams.${name}`, `be ${expected}`, got);
}
