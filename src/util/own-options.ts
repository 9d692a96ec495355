/**
 * A copy of options that does not inherit from Object.prototype, which may be polluted. Getters of a class count, its
 * methods do not; anything but an object is returned as it is, for the checks to reject.
 */
export function ownOptions<T>(options: T): T {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const copy = Object.create(null) as Record<string, unknown>;
  Object.assign(copy, options);
  for (let type = parentOf(options); type !== null && parentOf(type) !== null; type = parentOf(type)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      const isOption = descriptor.get !== undefined && !Object.hasOwn(copy, name);
      if (isOption) copy[name] = Reflect.get(options, name);
    }
  }
  return copy as T;
}

function parentOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}
