/**
 * The name of a param, to be handed to axios. If the items of a list repeat its name, axios drops the `[]` at its end, by which
 * PHP and Rails recognise a list: with another pair, the caller's is left.
 *
 * @param path where it is nested, as axios tells; of a nested list, axios drops nothing
 * @param indexes the option of `paramsSerializer`
 */
export function listName<Key extends string | number>(
  key: Key,
  path: readonly unknown[] | null,
  value: unknown,
  indexes: unknown,
): Key | string {
  const name = String(key);
  return !path && indexes === null && Array.isArray(value) && name.endsWith('[]') ? `${name}[]` : key;
}
