import { isPlainObject } from '../../checks/kind-of';

/**
 * A copy of a value that its owner may change later: of object literals and lists at any depth. An instance of a class, such as an
 * agent, stays the same.
 */
export function snapshot<T>(value: T, copies = new Map<unknown, object>()): T {
  if (!Array.isArray(value) && !isPlainObject(value)) return value;
  const known = copies.get(value);
  if (known) return known as T;
  const copy: object = Array.isArray(value)
    ? []
    : (Object.create(Object.getPrototypeOf(value) as object | null) as object);
  // Before its members, one of which may be the value itself.
  copies.set(value, copy);
  for (const name of Reflect.ownKeys(value)) {
    if (!Object.prototype.propertyIsEnumerable.call(value, name)) continue;
    // Not assigned: a member may be called `__proto__`.
    Object.defineProperty(copy, name, {
      value: snapshot(Reflect.get(value, name), copies),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return copy as T;
}
