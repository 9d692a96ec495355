import { hasHost } from '../util/host';
import { kindOfUnlike, valueOrKind } from './kind-of';
import { tokenComplaint } from './token';
import { wrongNumber, wrongOption } from './wrong-option';

/** A larger timeout is taken for milliseconds. */
const MAX_SECONDS = 600;

/** @throws TypeError or RangeError if `value` is not above 0 and at most 600, or Infinity */
export function checkSeconds(name: string, value: unknown): void {
  if (value === Infinity) return;
  if (typeof value !== 'number' || !(value > 0)) {
    throw wrongNumber(name, `be a number of seconds above 0 and at most ${MAX_SECONDS}, or Infinity`, value);
  }
  if (value > MAX_SECONDS) {
    const { message } = wrongNumber(name, `be in seconds, above 0 and at most ${MAX_SECONDS}`, value);
    throw new RangeError(`${message}. Did you mean ${value / 1000}?`);
  }
}

/**
 * @param what the unit as well, if there is one
 * @throws TypeError or RangeError if `value` is not an integer from `min` to `max`
 */
export function checkInteger(name: string, value: unknown, min: number, max: number, what = 'an integer'): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw wrongNumber(name, `be ${what} ${range(min, max)}`, value);
}

/** @throws TypeError or RangeError if `value` is not a number from `min` to `max` */
export function checkNumber(name: string, value: unknown, min: number, max: number): void {
  if (!isWithin(value, min, max)) throw wrongNumber(name, `be a number ${range(min, max)}`, value);
}

/** The same for a duration. @throws TypeError or RangeError if `value` is not a number of seconds from `min` to `max` */
export function checkDuration(name: string, value: unknown, min: number, max: number): void {
  if (!isWithin(value, min, max)) throw wrongNumber(name, `be a number of seconds ${range(min, max)}`, value);
}

/** @throws TypeError if `value` is not a boolean */
export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw wrongOption(name, 'be true or false', valueOrKind(value, 'word'));
}

/** @throws TypeError if `value` is not one of `values` */
export function checkOneOf(name: string, value: unknown, values: readonly string[]): void {
  if (values.includes(value as string)) return;
  const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' });
  throw wrongOption(name, `be ${anyOf.format(values.map((one) => `'${one}'`))}`, valueOrKind(value, 'word'));
}

/** @throws TypeError if `value` is not a token that can be sent; it is not echoed */
export function checkToken(name: string, value: unknown): void {
  const complaint = tokenComplaint(value);
  if (complaint !== undefined) throw new TypeError(`Option \`${name}\` ${complaint}`);
}

/** @throws TypeError if `value` is not an absolute http or https URL */
export function checkURL(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value) && hasHost(value)) return;
  // Not echoed: a URL may contain a password.
  throw wrongOption(name, 'be an absolute http:// or https:// URL', kindOfUnlike(value));
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** Without the numbers that only stand for "more than 0" and for "no limit". */
function range(min: number, max: number): string {
  if (max >= Number.MAX_SAFE_INTEGER) return `from ${min} upwards`;
  return min === Number.MIN_VALUE ? `above 0, up to ${max}` : `from ${min} to ${max}`;
}
