import { blameCaller } from '../stack/blame-caller';

/**
 * Explains members that people expect from other packages: to read one throws a TypeError that says what to use instead. Types do
 * not have them. A subclass may define members with these names.
 *
 * @param what the object in code, such as `client`
 * @param advice what to use instead, by name
 */
export function explainAbsent(target: object, what: string, advice: Readonly<Record<string, string>>): void {
  for (const [name, instead] of Object.entries(advice)) {
    const get = (): never =>
      blameCaller([get], () => {
        throw new TypeError(`There is no ${what}.${name}: ${instead}`);
      });
    Object.defineProperty(target, name, {
      configurable: true,
      get,
      // For a subclass whose compiler assigns the fields of a class instead of defining them.
      set(this: object, value: unknown) {
        Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
}
