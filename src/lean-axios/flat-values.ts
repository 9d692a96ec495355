import { isDropped } from '../util/dropped-names';

type Values = Readonly<Record<string, unknown>>;

/**
 * Whether a value is a plain object of texts, numbers, dates and lists of these, as nearly all `params` and `auth` are: to copy it takes
 * one step, where axios takes as long as for the rest of a call.
 */
export function isFlat(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== null && prototype !== Object.prototype) || Object.getOwnPropertySymbols(value).length > 0)
    return false;
  for (const name of Object.keys(value)) {
    if (isDropped(name)) return false;
    const one = (value as Values)[name];
    if (!(Array.isArray(one) ? one.every(isSingle) : isSingle(one))) return false;
  }
  return true;
}

/**
 * A copy as axios makes it, with what `before` has and with lists of its own. Of a URLSearchParams, which axios would share, another one.
 *
 * @returns `undefined` if one of the two is anything else
 */
export function quickCopy(before: unknown, value: unknown): Values | URLSearchParams | undefined {
  const isFirst = before === undefined || before === null;
  if (isFirst && isSearchParams(value)) return new URLSearchParams(value);
  if (!isFlat(value)) return undefined;
  const copy: Record<string, unknown> = {};
  if (!isFirst) {
    if (!isFlat(before)) return undefined;
    addTo(copy, before);
  }
  addTo(copy, value);
  return copy;
}

/** Without those of a polyfill or a subclass, which may be written in another way. */
function isSearchParams(value: unknown): value is URLSearchParams {
  return value instanceof URLSearchParams && Object.getPrototypeOf(value) === URLSearchParams.prototype;
}

function addTo(copy: Record<string, unknown>, values: Values): void {
  for (const name of Object.keys(values)) {
    const one = values[name];
    copy[name] = Array.isArray(one) ? (one as unknown[]).slice() : one;
  }
}

function isSingle(value: unknown): boolean {
  return typeof value !== 'object' || value === null || value instanceof Date;
}
