import { checkText } from '../checks/text';

/** How messages name a client. */
export interface ClientIdentity {
  /** Unique in the process. */
  readonly id: number;
  /** The option `name`. */
  readonly name: string | undefined;
}

const COUNTER = Symbol.for('@hdms/http-client/clients');

/**
 * Clients of all copies of this package in a process are numbered together.
 *
 * @throws TypeError if `name` is not a non-empty string
 */
export function newIdentity(name: string | undefined): ClientIdentity {
  if (name !== undefined) checkText('name', name);
  const counted = globalThis as { [COUNTER]?: number };
  const id = (counted[COUNTER] ?? 0) + 1;
  Object.defineProperty(globalThis, COUNTER, { value: id, configurable: true, writable: true });
  return { id, name };
}
