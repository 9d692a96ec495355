/** Where processes share tokens. Every method may fail or be slow: whoever uses a store carries on without it then. */
export interface TokenStore {
  /** What was set under `key`; `undefined` where there is nothing, or no more. */
  get(key: string): Promise<string | undefined>;
  /** @param life milliseconds after which the store forgets it */
  set(key: string, value: string, life: number): Promise<void>;
  /**
   * Lets one process alone do what others would do at the same time.
   *
   * @param life milliseconds after which the lock is given up by itself, so that a process that died holds up nobody
   * @returns gives the lock up; `undefined` if another has it
   */
  lock(key: string, life: number): Promise<(() => Promise<void>) | undefined>;
}
