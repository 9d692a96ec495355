/** Open connections of one transport to one server. */
export interface OpenConnections {
  /** Host name, or IP address without brackets. */
  readonly address: string;
  readonly port: number;
  /** How many carry a request. */
  readonly active: number;
  readonly idle: number;
}

type List = () => Iterable<OpenConnections>;

const SHOWN = Symbol.for('@hdms/http-client/connections');

/** Those of all copies of this package in the process. */
function shown(): Set<List> {
  const shared = globalThis as { [SHOWN]?: Set<List> };
  if (!shared[SHOWN]) Object.defineProperty(shared, SHOWN, { value: new Set(), configurable: true });
  return shared[SHOWN] ?? new Set();
}

const forget = new FinalizationRegistry((list: List) => shown().delete(list));

/**
 * Makes the connections of a pool known to those who ask. The pool is not kept alive by it.
 *
 * @param list must not lead to the pool otherwise
 */
export function showConnections<Pool extends object>(
  pool: Pool,
  list: (pool: Pool) => Iterable<OpenConnections>,
): void {
  const weak = new WeakRef(pool);
  const listNow: List = () => {
    const alive = weak.deref();
    return alive ? list(alive) : [];
  };
  shown().add(listNow);
  forget.register(pool, listNow);
}

/** The open connections of all pools; the same server may occur several times. */
export function openConnections(): readonly OpenConnections[] {
  return Array.from(shown(), (list) => [...list()]).flat();
}
