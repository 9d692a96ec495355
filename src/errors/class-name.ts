/** Shared by every copy of this package in a process. Each class of ours has it on its prototype, with its name. */
export const BRAND = Symbol.for('@hdms/http-client/exception');

/** Names a class for logs and guards. Its own name is not good for that: a bundler that minifies replaces it. */
export function nameClass(type: { readonly prototype: object }, name: string): void {
  Object.defineProperty(type.prototype, BRAND, { value: name });
}

/** The name of a class: the one given to it, or that of a subclass in an application. */
export function classNameOf({ name, prototype }: { readonly name: string; readonly prototype: object }): string {
  if (name !== '' && !Object.hasOwn(prototype, BRAND)) return name;
  return String(Reflect.get(prototype, BRAND) ?? name);
}
