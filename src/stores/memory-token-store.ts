import type { TokenStore } from './token-store';

interface Entry<T> {
  readonly value: T;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Shares tokens between the clients of one process, if each has its own token service. Nothing outlives the process. */
export function memoryTokenStore(): TokenStore {
  const values = new Expiring<string>();
  const locks = new Expiring<symbol>();
  return {
    get: async (key) => Promise.resolve(values.get(key)),
    async set(key, value, life) {
      values.set(key, value, life);
      return Promise.resolve();
    },
    async lock(key, life) {
      if (locks.get(key) !== undefined) return Promise.resolve(undefined);
      const mine = Symbol(key);
      locks.set(key, mine, life);
      return Promise.resolve(async () => {
        // Another client may have the lock by now, if this one took longer than its lease.
        if (locks.get(key) === mine) locks.delete(key);
        return Promise.resolve();
      });
    },
  };
}

class Expiring<T> {
  readonly #entries = new Map<string, Entry<T>>();
  /** Since the last sweep. */
  #sets = 0;

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry && Date.now() < entry.expiresAt ? entry.value : undefined;
  }

  set(key: string, value: T, life: number): void {
    // Not at each: with the tokens of 20,000 users, a sweep takes longer than the rest of a call.
    if (++this.#sets >= this.#entries.size) this.#sweep();
    this.#entries.set(key, { value, expiresAt: Date.now() + life });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  // Without this, keys that are never read again, such as those of former users, would stay forever.
  #sweep(): void {
    this.#sets = 0;
    const now = Date.now();
    for (const [key, { expiresAt }] of this.#entries) if (!(now < expiresAt)) this.#entries.delete(key);
  }
}
