import { wrongOption } from '../checks/wrong-option';
import { kindOf } from '../checks/kind-of';

/** Shares tokens between processes. Every method may reject or be slow: clients then continue without the store. */
export interface TokenStore {
  /** The value of `key`; `undefined` if it is missing or has expired. */
  get(key: string): Promise<string | undefined>;
  /** Stores a value. @param life milliseconds after which the value expires */
  set(key: string, value: string, life: number): Promise<void>;
  /**
   * Takes a lock, so that only one process does what several would do at the same time.
   *
   * @param life milliseconds after which the lock expires, so that a process that died does not block others
   * @returns releases the lock; `undefined` if another process has it
   */
  lock(key: string, life: number): Promise<(() => Promise<void>) | undefined>;
}

/** @throws TypeError if `store` is not a TokenStore; a client of Redis has `get` and `set`, too, but no `lock` */
export function checkTokenStore(name: string, store: unknown): void {
  const { get, set, lock } = Object(store) as Partial<Record<keyof TokenStore, unknown>>;
  if ([get, set, lock].every((method) => typeof method === 'function')) return;
  throw wrongOption(name, 'be a TokenStore such as redisTokenStore(redis, { encryptionKey })', kindOf(store));
}
