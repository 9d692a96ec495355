import { kindOf, valueOrKind } from './kind-of';

/**
 * The error for the value of an option. All of them have one form: the option as written in code, what it must be, and what it got.
 *
 * @param must as in `be a function`
 * @param got what the value is, not what it holds: it may be a secret
 * @param advice what to write instead
 */
export function wrongOption(name: string, must: string, got: string, advice?: string): TypeError {
  return new TypeError(complaint(name, must, got) + (advice === undefined ? '' : `: ${advice}`));
}

/** The same for an option that takes a number: a RangeError if it got one. */
export function wrongNumber(name: string, must: string, value: unknown): Error {
  const type = typeof value === 'number' ? RangeError : TypeError;
  return new type(complaint(name, must, valueOrKind(value, 'number')));
}

/** @throws TypeError if `value` is not a function */
export function checkFunction(name: string, value: unknown, what = 'a function'): void {
  if (typeof value !== 'function') throw wrongOption(name, `be ${what}`, kindOf(value));
}

/** @throws TypeError unless exactly one of the options is given; their values are not quoted */
export function checkOneGiven(owner: string, options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length === 1) return;
  const got = given.length === 0 ? 'none' : listOf(given);
  throw new TypeError(`${owner} takes exactly one of ${listOf(Object.keys(options))}, got ${got}`);
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names.map((name) => `\`${name}\``));
}

function complaint(name: string, must: string, got: string): string {
  return `Option \`${name}\` must ${must}, got ${got}`;
}
