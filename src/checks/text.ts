import { ignoreRejection } from '../util/promises';
import { kindOfSecret, valueOrKind } from './kind-of';
import { wrongOption } from './wrong-option';

/** @throws TypeError if `value` is not a non-empty string; it is not echoed, because it may be a secret */
export function checkText(name: string, value: unknown): asserts value is string {
  if (!isText(value)) throw wrongOption(name, 'be a non-empty string', kindOfSecret(value));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/**
 * Checks a client id or secret. The line break at the end of a file or a variable would be sent along, and be refused as a wrong secret.
 *
 * @throws TypeError if `value` is not a non-empty string, or has characters that nobody sees; it is not echoed
 * @see RFC 6749, appendix A.1 and A.2
 */
export function checkCredential(name: string, value: unknown): asserts value is string {
  checkText(name, value);
  if (/[\r\n]/.test(value)) throw new TypeError(`Option \`${name}\` must not contain a line break`);
  if (/[\p{Cc}\p{Cf}]/u.test(value)) throw new TypeError(`Option \`${name}\` must not contain invisible characters`);
}

/**
 * Checks what the function of an option returned. It is used at once, so a promise is refused as well.
 *
 * @throws TypeError if `value` is not a non-empty string; it is not echoed
 */
export function checkReturned(name: string, value: unknown): asserts value is string {
  ignoreRejection(value);
  checkText(`${name} (returned by the function)`, value);
}

/**
 * A list of strings, for an option that takes one string as well.
 *
 * @throws TypeError if `value` is neither, the list is empty, or a string is
 */
export function readTexts<T extends string>(name: string, value: T | readonly T[]): readonly T[] {
  const list: readonly unknown[] = [value].flat();
  if (list.length > 0 && list.every(isText)) return list as readonly T[];
  const wrong = list.find((one) => !isText(one));
  const got =
    list.length === 0 ? 'an empty list' : valueOrKind(wrong, 'word') + (Array.isArray(value) ? ' in a list' : '');
  throw wrongOption(name, 'be a non-empty string or a non-empty list of them', got);
}
