/** A header of an answer, in whatever letters it is there: adapters of others, such as mocks, do not make them all small. */
export function findHeader(headers: object | undefined, name: string): unknown {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
