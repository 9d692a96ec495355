import { inspect } from 'node:util';
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

function error(type: ErrorConstructor, name: string, expectation: string, value: unknown, hint?: string): Error {
  const got = inspect(value, { depth: 0, maxStringLength: 50 });
  return new type(`Option \`${name}\` must be ${expectation}, got ${got}.${hint === undefined ? '' : ` ${hint}`}`);
}
