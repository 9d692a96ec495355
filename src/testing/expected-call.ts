import { isBoolean, isString } from '../checks/axios-values';
import { isOptions, kindOf } from '../checks/kind-of';
import { checkNames } from '../checks/names';
import { wrongOption } from '../checks/wrong-option';

/** What a request must look like. Properties that are left out are not checked. */
export interface ExpectedRequest {
  /** In upper case. */
  readonly method?: string;
  /** Path and query, or the whole URL. */
  readonly url?: string;
  /** Bearer token; `null` for none. */
  readonly token?: string | null;
  /** Some of the headers; `undefined` for a header that must be absent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Text, or bytes. */
  readonly body?: string | Uint8Array;
  /** Body, parsed as JSON. */
  readonly json?: unknown;
}

/** What a call must look like. Properties that are left out are not checked. */
export interface ExpectedCall extends ExpectedRequest {
  /** The number of attempts; or the outcome of each: a status, the code of an error, or `lost`. */
  readonly attempts?: number | readonly (number | string)[];
  /** Whether a second attempt was made because the first was slow. Both count as attempts; the slower one is `lost`. */
  readonly hedged?: boolean;
}

/** What an assertion is about. */
export type Kind = 'call' | 'request';

/** What a property must be, in words and as a test. */
type Rule = readonly [expected: string, accepts: (value: unknown) => boolean];

const OF_REQUEST = {
  method: ['a string', isString],
  url: ['a string', (value) => isString(value) || value instanceof URL],
  token: ['a string, or null for none', (value) => value === null || isString(value)],
  headers: ['an object of values by name', isOptions],
  body: ['a string or bytes', (value) => isString(value) || value instanceof Uint8Array],
  json: ['a JSON value', isJSON],
} satisfies Record<string, Rule>;

const RULES: Readonly<Record<Kind, Readonly<Record<string, Rule>>>> = {
  request: OF_REQUEST,
  call: {
    ...OF_REQUEST,
    attempts: ['a number or a list', (value) => typeof value === 'number' || Array.isArray(value)],
    hedged: ['true or false', isBoolean],
  } satisfies Record<keyof ExpectedCall, Rule>,
};

/** @throws TypeError unless `source` has a list of what was made */
export function checkSource(kind: Kind, source: unknown): void {
  if (Array.isArray((source as Readonly<Record<string, unknown>> | null | undefined)?.[`${kind}s`])) return;
  const expected = kind === 'call' ? 'a mock client' : 'a scripted service or a mock client';
  throw new TypeError(`The first argument must be ${expected}, got ${kindOf(source)}`);
}

/** @throws TypeError unless `expected` is a list of what one assertion checks */
export function checkExpectedList(kind: Kind, expected: unknown): void {
  if (!Array.isArray(expected)) throw new TypeError(`The expected ${kind}s must be a list, got ${kindOf(expected)}`);
  for (const one of expected) checkExpected(kind, one);
}

/** @throws TypeError if `expected` is not an object, or has an unknown name or a wrong value: it may match anything, or nothing */
export function checkExpected(kind: Kind, expected: unknown): void {
  if (!isOptions(expected)) throw new TypeError(`The expected ${kind} must be an object, got ${kindOf(expected)}`);
  const rules = RULES[kind];
  checkNames(`property of a ${kind}`, expected, new Set(Object.keys(rules)), false);
  for (const [name, value] of Object.entries(expected)) {
    const rule = rules[name];
    if (rule && value !== undefined && !rule[1](value)) throw wrongOption(name, `be ${rule[0]}`, kindOf(value));
  }
}

function isJSON(value: unknown): boolean {
  try {
    return typeof (JSON.stringify(value) as unknown) === 'string';
  } catch {
    return false;
  }
}
