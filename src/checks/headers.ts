import { isToken } from '../util/header-names';
import { kindOf, kindOfSecret } from './kind-of';
import { wrongOption } from './wrong-option';

/**
 * Checks that header values are text on one line: axios and Node would silently change or cut any other value.
 *
 * @throws TypeError if the object, a name or a value is wrong; values are not echoed
 */
export function checkHeaders(headers: unknown): void {
  if (headers === undefined) return;
  const isList = Array.isArray(headers) || headers instanceof Headers || headers instanceof Map;
  if (typeof headers !== 'object' || headers === null || isList) {
    // Not echoed: headers may contain secrets.
    throw wrongOption('headers', 'be an object of header values by name', kindOf(headers));
  }
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (!isToken(name)) {
      throw new TypeError(`Header names must be HTTP tokens, got ${quoteName(name)}`);
    }
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) checkHeaderValue(name, item);
  }
}

// The value is not echoed: it may be a secret.
function checkHeaderValue(name: string, value: unknown): void {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return;
  if (typeof value !== 'string') {
    throw new TypeError(`Header \`${name}\` must be a string, number or boolean, got ${kindOfSecret(value)}`);
  }
  const bad = /[^\t\x20-\x7e\x80-\xff]/.exec(value);
  if (!bad) return;
  throw new TypeError(
    `Header \`${name}\` must be Latin-1 text on one line, got ${codeAt(value, bad.index)} at character ${bad.index}`,
  );
}

/** A wrong header name, up to its first invalid character: what follows may be a value, as in `X-Key: secret`. */
export function quoteName(name: unknown): string {
  if (typeof name !== 'string' || name === '') return kindOf(name);
  const [start = ''] = /^[!#$%&'*+.^`|~\w-]*/.exec(name) ?? [];
  if (start.length > 50) return 'a long string';
  return start === name ? `'${name}'` : `'${start}', followed by ${codeAt(name, start.length)}`;
}

function codeAt(text: string, index: number): string {
  return `U+${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
}
