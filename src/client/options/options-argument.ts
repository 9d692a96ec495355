import { isClass, isOptions, isPlainObject, kindOf } from '../../checks/kind-of';
import { nearest } from '../../checks/names';
import { getterNames } from '../../util/own-options';
import { isPromise } from '../../util/promises';
import { AXIOS_OPTIONS, CLIENT_OPTIONS } from './option-names';

/** The names that a client accepts without a closer look. */
export const OF_CLIENT: ReadonlySet<string> = new Set([...CLIENT_OPTIONS, ...AXIOS_OPTIONS]);

/**
 * An instance of a class is accepted for its fields and getters: a service may keep its settings in one.
 *
 * @throws TypeError that says what to pass instead, if `given` is not an object of options
 */
export function checkClientOptions(given: unknown): asserts given is object {
  if (isOptions(given) && (isPlainObject(given) || hasOption(given))) return;
  throw new TypeError(`Options must be an object, got ${kindOf(given)}${adviceFor(given)}`);
}

/**
 * The only argument of a function that takes options.
 *
 * @throws TypeError if there is another one, which would be ignored
 */
export function onlyArgument<T>([options, ...others]: readonly [T?, ...unknown[]]): T | undefined {
  if (others.every((one) => one === undefined)) return options;
  checkClientOptions(options ?? {});
  throw new TypeError(
    'Too many arguments: all options of a client go into one object, as in { ...options, ...others }',
  );
}

/** Or the misspelling of one. */
function hasOption(instance: object): boolean {
  return [...Object.keys(instance), ...getterNames(instance)].some((name) => nearest(name, OF_CLIENT) !== undefined);
}

function adviceFor(given: unknown): string {
  if (typeof given === 'string' || given instanceof URL) return ': the URL goes into { baseURL: … }';
  if (isClass(given)) return ': pass an instance of it';
  if (isFactory(given)) return ': pass what it returns';
  if (typeof given !== 'object' || given === null) return '';
  if (isPromise(given)) return ': await it first';
  return 'getJson' in given ? ': pass the options that it was created from' : '';
}

/** Not an axios instance, which is a function, too. */
function isFactory(given: unknown): boolean {
  return typeof given === 'function' && !('interceptors' in given);
}
