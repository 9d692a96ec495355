import type { SerializerVisitor } from 'axios';
import type { Call } from '../call/call';
import { isPlainObject, kindOf } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import { createException } from '../errors/create';
import { listName } from '../util/list-name';
import { ignoreRejection, isPromise } from '../util/promises';

const EXPECTED = 'be a string, a number, a boolean, a Date, or a list or object of these';

/** Serialises as axios does, which would send a promise as `[object Promise]`, and of a Set or an instance of a class no more. */
export function queryVisitor(call: Call, indexes: unknown): SerializerVisitor {
  return function (value: unknown, key, path, helpers) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (!hasText(one, String(key))) throw wrongValue([...(path ?? []), key].join('.'), one, call);
    }
    return helpers.defaultVisitor.call(this, value, listName(key, path, value, indexes), path, helpers);
  };
}

function hasText(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol';
  // axios sends these as JSON, or goes into them.
  if (key.endsWith('{}') || Array.isArray(value) || isPlainObject(value)) return true;
  return isText(value);
}

function isText(ofClass: unknown): boolean {
  return !String(ofClass).startsWith('[object ') && !isInvalidDate(ofClass);
}

/** Also of libraries for dates. axios would throw for one, or send these words. */
function isInvalidDate(value: unknown): boolean {
  return /^Invalid date/i.test(String(value));
}

function wrongValue(name: string, value: unknown, call: Call): Error {
  ignoreRejection(value);
  const advice = isPromise(value) ? 'await it first' : undefined;
  const got = typeof value === 'object' && isInvalidDate(value) ? 'an invalid date' : kindOf(value);
  const { message } = wrongOption(`params.${name}`, EXPECTED, got, advice);
  return createException('INVALID_OPTION', { call, detail: message });
}
