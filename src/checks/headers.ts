import { inspect } from 'node:util';
import { isToken } from '../util/header-names';
import { kindOf } from './kind-of';

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
    throw new TypeError(`Option \`headers\` must be an object of header values by name, got ${kindOf(headers)}`);
  }
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (!isToken(name)) {
      throw new TypeError(`Header name ${inspect(name)} is not an HTTP token`);
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
