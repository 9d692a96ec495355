import { inspect } from 'node:util';
import { kindOf } from '../checks/kind-of';

/** Where a value belongs that was passed in place of options, by its `Symbol.toStringTag`. */
const PLACES: Readonly<Record<string, string>> = {
  AbortController: '{ signal: controller.signal }',
  AbortSignal: '{ signal: … }',
  Headers: '{ headers: Object.fromEntries(headers) }',
};

const PLACES_WITHOUT_BODY: Readonly<Record<string, string>> = {
  ...PLACES,
  String: '{ token: … } or { params: … }',
  URLSearchParams: '{ params: … }',
};

/** What is sent as it is, not as JSON. */
const BODIES: ReadonlySet<string> = new Set([
  'ArrayBuffer', 'Blob', 'File', 'FormData', 'Function', 'ReadableStream', 'String', 'Uint8Array', 'URLSearchParams',
]); // prettier-ignore

/** Need no check: nearly all calls use one of these. */
export const USUAL_METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Whether a request with this method usually has a body. */
export function takesBody(method: string): boolean {
  return !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method.toUpperCase());
}

/** Whether the options of a call may be the body that somebody meant to send. */
export function mayBeBody(
  method: string,
  { json, data }: { readonly json?: unknown; readonly data?: unknown },
): boolean {
  return takesBody(method) && json === undefined && (data ?? undefined) === undefined;
}

export function wrongMethod(method: unknown): TypeError {
  // Not echoed if it is a URL, which may contain a password.
  const got = typeof method !== 'string' ? kindOf(method) : /[/:?]/.test(method) ? 'a URL' : inspect(method);
  const isConfig = typeof method === 'object' && method !== null;
  const other = isConfig ? ', or client.axios.request(config)' : '';
  return new TypeError(`Method must be an HTTP token, got ${got}: use client.request(method, url, options)${other}`);
}

export function wrongURL(method: string, url: unknown): TypeError {
  // A URL that is taken for a method, as in `request('users')`.
  const isShifted = url === undefined && !USUAL_METHODS.has(method);
  const isConfig = typeof url === 'object' && url !== null;
  const advice = isShifted
    ? ': use client.request(method, url, options)'
    : isConfig
      ? ': the URL is an argument before the options'
      : '';
  return new TypeError(`URL must be a string or a URL, got ${kindOf(url)}${advice}`);
}

export function wrongOptions(method: string, given: unknown): TypeError {
  const what = typeof given === 'object' && given !== null ? 'a plain object' : 'an object';
  const advice = adviceFor(method, given);
  return new TypeError(`Options must be ${what}, got ${kindOf(given)}${advice === undefined ? '' : `: ${advice}`}`);
}

/**
 * @param others what was passed after the options
 * @throws TypeError unless all of them are undefined, as those that a wrapper passes on
 */
export function checkOthers(method: string, options: unknown, others: readonly unknown[]): void {
  if (isOfMap(options, others)) throw wrongOptionsOfMap(method, options);
  if (others.every((one) => one === undefined)) return;
  if (others.some((one) => typeof one === 'function')) {
    throw new TypeError('Too many arguments: calls take no callback, they return a promise');
  }
  const body = takesBody(method) ? '; the body goes into them, as { json: … } or { data: … }' : '';
  throw new TypeError(`Too many arguments: options are the second argument, after the URL${body}`);
}

/** What `urls.map` passes after the URL: the index, and the list. */
function isOfMap(given: unknown, others: readonly unknown[]): given is number {
  return typeof given === 'number' && others.length === 1 && Array.isArray(others[0]);
}

function wrongOptionsOfMap(method: string, index: number): TypeError {
  const verb = USUAL_METHODS.has(method) ? method.toLowerCase() : 'request';
  return new TypeError(`Options must be an object, got ${index}: in a map, write (url) => client.${verb}(url)`);
}

function adviceFor(method: string, given: unknown): string | undefined {
  if (given === null) return undefined;
  if (isSchema(given)) return 'the schema goes into { schema: … }';
  const tag = Object.prototype.toString.call(given).slice(8, -1);
  if (tag === 'Promise') return 'await it first';
  if (takesBody(method)) {
    const place = PLACES[tag];
    if (place !== undefined) return `it goes into ${place}`;
    const isStream = typeof (given as { pipe?: unknown }).pipe === 'function';
    return `the body goes into ${isStream || BODIES.has(tag) ? '{ data: … }' : '{ json: … }'}`;
  }
  if (tag === 'Function') return 'calls return a promise';
  const place = PLACES_WITHOUT_BODY[tag];
  if (place !== undefined) return `it goes into ${place}`;
  return tag === 'Object' ? 'pass { ...options }' : undefined;
}

/** The error for the value of an option, with what to do if it was meant as a field of the body. Other errors stay as they are. */
export function orField(error: unknown): unknown {
  if (!(error instanceof TypeError || error instanceof RangeError)) return error;
  const [, name] = /^Option `(\w+)` must .*[^?]$/s.exec(error.message) ?? [];
  if (name === undefined) return error;
  const type = error instanceof RangeError ? RangeError : TypeError;
  return new type(`${error.message.replace(/\.$/, '')}. ${adviceForField(name)}`);
}

export function adviceForField(name: string): string {
  return `A field of the body goes into { json: { ${name}: … } }`;
}

/** Whether it is a Standard Schema. */
export function isSchema(value: unknown): boolean {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && '~standard' in value;
}
