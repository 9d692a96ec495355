import { findName } from '../util/header-names';

/**
 * The value of a response header.
 *
 * @param lowerName in lower case
 */
export function findHeader(headers: object | undefined, lowerName: string): unknown {
  const name = headers && findName(headers, lowerName);
  return name === undefined ? undefined : (headers as Readonly<Record<string, unknown>>)[name];
}
