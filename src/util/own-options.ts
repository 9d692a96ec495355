/**
 * A copy of options that does not inherit from Object.prototype, which may be polluted. Getters of a class count, its
 * methods do not; anything but an object is returned as it is, for the checks to reject.
 */
export function ownOptions<T>(options: T): T {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const copy: T & object = Object.assign(Object.create(null) as object, options);
  for (const name of getterNames(options)) {
    if (!Object.hasOwn(copy, name)) Reflect.set(copy, name, Reflect.get(options, name));
  }
  return copy;
}

/** The same for options of these names, copied only if Object.prototype has one of them: a copy takes 0.3 µs. */
export function unlessInherited<T>(options: T, names: Iterable<string>): T {
  for (const name of names) if (name in Object.prototype) return ownOptions(options);
  return options;
}

/** The names of the getters of an instance's class, which are not read. */
export function getterNames(instance: object): string[] {
  const names: string[] = [];
  for (let type = prototypeOf(instance); type !== null && prototypeOf(type) !== null; type = prototypeOf(type)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      if (descriptor.get !== undefined) names.push(name);
    }
  }
  return names;
}

function prototypeOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}
