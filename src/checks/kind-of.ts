/** What a value is, for messages: not what it holds, which may be a secret. */
export function kindOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : 'a string';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return 'a bigint';
    case 'object':
      return value === null ? 'null' : kindOfObject(value);
    default:
      return String(value);
  }
}

/** The same for what may be a secret: not even a number is shown. */
export function kindOfSecret(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? `a ${typeof value}` : kindOf(value);
}

/** The same for an option that takes strings of one form, such as URLs: another string is not shown. */
export function kindOfUnlike(value: unknown, kind = kindOf): string {
  return typeof value === 'string' && value !== '' ? 'a string that is not one' : kind(value);
}

/** `5s`, `1_000 ms`. */
const NUMBER_LIKE = /^[-+]?[\d.,_]{1,12} ?[a-z%]{0,8}$/i;
const WORD = /^[\w+-]{1,20}$/;

/**
 * What an option got that takes a number, or one of a few words. A string is quoted only if it looks like that: any other may be
 * a secret, or a URL with a password.
 */
export function valueOrKind(value: unknown, expected: 'number' | 'word'): string {
  const isShown = typeof value === 'string' && (expected === 'number' ? NUMBER_LIKE : WORD).test(value);
  return isShown ? `'${value}'` : kindOf(value);
}

/** Whether a value is an object literal, of this realm or another, such as that of a test environment. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value may hold options: not a list, a Map, a Promise or the like. A service may keep its options in a class. */
export function isOptions(value: unknown): value is object {
  return isPlainObject(value) || Object.prototype.toString.call(value) === '[object Object]';
}

export function isClass(value: unknown): value is abstract new (...given: never[]) => object {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

function kindOfObject(value: object): string {
  if (Array.isArray(value)) return 'a list';
  if (isPlainObject(value)) return 'an object';
  const { constructor } = value as { constructor?: unknown };
  // That of a generator is no function.
  const isNamed = typeof constructor === 'function';
  const name = isNamed ? constructor.name : Object.prototype.toString.call(value).slice('[object '.length, -1);
  return name === '' || (name === 'Object' && !isNamed) ? 'an object of a class' : `an instance of ${name}`;
}
