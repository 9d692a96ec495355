import { inspect } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { FOREIGN_OPTIONS } from './other-clients';
import { tokenComplaint } from './token';

/** Above this a timeout is taken for milliseconds. */
const MAX_SECONDS = 600;

export function checkSeconds(name: string, value: unknown): void {
  if (value === Infinity) return;
  if (typeof value !== 'number' || !(value > 0)) {
    const expectation = `a number of seconds above 0 and at most ${MAX_SECONDS}, or Infinity`;
    throw error(typeof value === 'number' ? RangeError : TypeError, name, expectation, value);
  }
  if (value > MAX_SECONDS) {
    const expectation = `in seconds, above 0 and at most ${MAX_SECONDS}`;
    throw error(RangeError, name, expectation, value, `Did you mean ${value / 1000}?`);
  }
}

export function checkInteger(name: string, value: unknown, min: number, max: number): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw error(typeof value === 'number' ? RangeError : TypeError, name, `an integer from ${min} to ${max}`, value);
}

export function checkNumber(name: string, value: unknown, min: number, max: number): void {
  if (typeof value === 'number' && value >= min && value <= max) return;
  throw error(typeof value === 'number' ? RangeError : TypeError, name, `a number from ${min} to ${max}`, value);
}

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw error(TypeError, name, 'true or false', value);
}

export function checkOneOf(name: string, value: unknown, values: readonly string[]): void {
  if (values.includes(value as string)) return;
  throw error(TypeError, name, values.map((one) => `'${one}'`).join(' or '), value);
}

/** The value is not echoed. */
export function checkToken(name: string, value: unknown): void {
  const complaint = tokenComplaint(value);
  if (complaint !== undefined) throw new TypeError(`Option \`${name}\` ${complaint}`);
}

export function checkURL(name: string, value: unknown): void {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value)) return;
  // The value may hold a password.
  throw new TypeError(
    `Option \`${name}\` must be an absolute http:// or https:// URL, got ${typeof value === 'string' ? 'another string' : inspect(value)}`,
  );
}

/** Header values that are no text on one line are refused: axios and Node would change or leave out a part in silence. */
export function checkHeaders(headers: unknown): void {
  if (headers === undefined) return;
  const isList = Array.isArray(headers) || headers instanceof Headers || headers instanceof Map;
  if (typeof headers !== 'object' || headers === null || isList) {
    // Not echoed: they may hold secrets.
    const got = Array.isArray(headers) ? 'a list' : isList ? `a ${headers.constructor.name}` : typeof headers;
    throw new TypeError(`Option \`headers\` must be an object of header values by name, got ${got}`);
  }
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name)) {
      throw new TypeError(`Header name ${inspect(name)} is no HTTP token`);
    }
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) checkHeaderValue(name, item);
  }
}

// The value is not echoed: it may be a secret.
function checkHeaderValue(name: string, value: unknown): void {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return;
  if (typeof value !== 'string') {
    throw new TypeError(`Header \`${name}\` must be a string, number or boolean, got ${typeof value}`);
  }
  const bad = /[^\t\x20-\x7e\x80-\xff]/.exec(value);
  if (!bad) return;
  const code = `U+${value.charCodeAt(bad.index).toString(16).toUpperCase().padStart(4, '0')}`;
  throw new TypeError(`Header \`${name}\` must be Latin-1 text on one line, got ${code} at character ${bad.index}`);
}

export function checkOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`Options must be an object, got ${inspect(options, { depth: 0, maxStringLength: 50 })}`);
}

/** Options of axios whose wrong shape would go out as `undefined`, or to the wrong place. Their values may be secrets. */
export function checkShapes({ auth, proxy, signal, params }: Readonly<Record<string, unknown>>): void {
  if (auth !== undefined && !hasText(auth, 'username')) throw shapeError('auth', '{ username, password }', auth);
  if (proxy !== undefined && proxy !== false && !hasText(proxy, 'host')) {
    throw shapeError('proxy', '{ host, port } or false', proxy);
  }
  const isSignal = typeof signal === 'object' && signal !== null && 'addEventListener' in signal;
  if (signal !== undefined && !isSignal) throw shapeError('signal', 'an AbortSignal', signal);
  const isParams = typeof params === 'object' && !Array.isArray(params) && !(params instanceof Map);
  if (params !== undefined && !isParams) throw shapeError('params', 'a plain object or URLSearchParams', params);
}

function hasText(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';
}

function shapeError(name: string, expectation: string, value: unknown): TypeError {
  const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  return new TypeError(`Option \`${name}\` must be ${expectation}, got ${got === 'object' ? 'another object' : got}`);
}

/** Names that are not in `known`. Those far from all known names are let through where `open`. */
export function checkNames(what: string, options: object, known: ReadonlySet<string>, open: boolean): void {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const advice = FOREIGN_OPTIONS.get(name);
    if (advice !== undefined) throw new TypeError(`There is no ${what} \`${name}\` here: ${advice}`);
    const nearest = closest(name, [...known]);
    // One slip in four letters: `meta` is not taken for `data`.
    const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.ceil(name.length / 4);
    if (open && !isNear) continue;
    throw new TypeError(`Unknown ${what} \`${name}\`.${isNear ? ` Did you mean \`${nearest}\`?` : listOf(known)}`);
  }
}

/** Where there are few enough to be of help. */
function listOf(known: ReadonlySet<string>): string {
  return known.size > 10 ? '' : ` Known: ${[...known].map((one) => `\`${one}\``).join(', ')}.`;
}

function error(type: ErrorConstructor, name: string, expectation: string, value: unknown, hint?: string): Error {
  const got = inspect(value, { depth: 0, maxStringLength: 50 });
  return new type(`Option \`${name}\` must be ${expectation}, got ${got}.${hint === undefined ? '' : ` ${hint}`}`);
}
