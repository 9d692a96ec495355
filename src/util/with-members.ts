/** A copy of an object, which may be frozen or an instance of a class, with some of its members replaced. */
export function withMembers<T extends object>(given: T, members: Partial<T>): T {
  return Object.create(Object.getPrototypeOf(given) as object | null, {
    ...Object.getOwnPropertyDescriptors(given),
    ...Object.getOwnPropertyDescriptors(members),
  }) as T;
}
