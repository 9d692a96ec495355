/**
 * The name of a param, to be handed to axios. If the items of a list repeat its name, axios drops the `[]` at its end, by which
 * PHP and Rails recognise a list: with another pair, the caller's is left.
 *
 * @param indexes the option of `paramsSerializer`
 */
export function listName(name: string, value: unknown, indexes: unknown): string {
  return indexes === null && Array.isArray(value) && name.endsWith('[]') ? `${name}[]` : name;
}
