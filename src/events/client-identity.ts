import { checkText } from '../checks/text';

/** How messages name a client. */
export interface ClientIdentity {
  /** Unique in the process. */
  readonly id: number;
  /** The option `name`. */
  readonly name: string | undefined;
}

interface Counters {
  clients: number;
  calls: number;
}

const COUNTERS = Symbol.for('@hdms/http-client/counters');

/** Shared by all copies of this package in a process. */
const counters = sharedCounters(globalThis as { [COUNTERS]?: Counters });

function sharedCounters(holder: { [COUNTERS]?: Counters }): Counters {
  const existing = holder[COUNTERS];
  if (existing) return existing;
  const created = { clients: 0, calls: 0 };
  Object.defineProperty(holder, COUNTERS, { value: created });
  return created;
}

/**
 * Clients are numbered.
 *
 * @throws TypeError if `name` is not a non-empty string
 */
export function newIdentity(name: string | undefined): ClientIdentity {
  if (name !== undefined) checkText('name', name);
  return { id: ++counters.clients, name };
}

/** A number for a call that is observed: unique in the process, and increasing. */
export function nextCallNumber(): number {
  return ++counters.calls;
}
