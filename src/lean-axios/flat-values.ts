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

/** A copy as axios makes it: with what `before` has, and with lists of its own. */
export function copyOfFlat(before: unknown, value: Values): Values {
  const copy: Record<string, unknown> = {};
  if (isFlat(before)) addTo(copy, before);
  addTo(copy, value);
  return copy;
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
