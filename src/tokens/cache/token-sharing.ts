import { tokenComplaint } from '../../checks/token';
import type { FetchedToken } from './held-token';
import { sleep, within, withJitter, type TokenClock } from './token-clock';
import type { TokenStore } from '../../stores/token-store';

/** Milliseconds that a process may hold the lock while it asks the issuer; if the process dies, the lock expires. */
const LEASE = 10_000;
/** Milliseconds that a process waits for another's token: less than the usual timeout of a call. */
const MAX_WAIT = 3000;
/** Milliseconds between two reads of the store: the first wait, and the longest. */
const FIRST_POLL = 25;
const MAX_POLL = 200;
/** Milliseconds after which a store operation counts as failed. The stores of this package fail sooner. */
const STORE_TIMEOUT = 1000;
/** Milliseconds that a token of unknown expiry stays in the store. */
const UNKNOWN_LIFETIME = 3_600_000;

interface SharedFetch {
  /** Asks the issuer. */
  readonly fetch: () => Promise<FetchedToken>;
  /** Runs what may ask the issuer, once it may be asked. A token that is in the store does not depend on that. */
  readonly through: (work: () => Promise<FetchedToken>) => Promise<FetchedToken>;
  /** Whether a token from another process is good enough. */
  readonly isWanted: (token: FetchedToken) => boolean;
}

type Unlock = () => Promise<void>;
/** The result of a store operation; `failed` if the store is down or slow. */
type Outcome<T> = { readonly value: T } | 'failed';

/** One process asks the issuer, and the others wait for its token. If the store fails, each process asks for itself. */
export class TokenSharing {
  constructor(
    private readonly store: TokenStore,
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  /** @throws whatever `shared.fetch` or `shared.through` rejects with */
  async obtain(key: string, shared: SharedFetch): Promise<FetchedToken> {
    const found = await this.#find(key, shared);
    if (found !== 'failed' && found.value) return found.value;
    return shared.through(async () => (found === 'failed' ? shared.fetch() : this.#fetchOrWait(key, shared)));
  }

  async #fetchOrWait(key: string, shared: SharedFetch): Promise<FetchedToken> {
    const until = this.clock.monotonic() + MAX_WAIT;
    for (let delay = FIRST_POLL; ; delay = Math.min(delay * 2, MAX_POLL)) {
      const lock = await this.#lock(key);
      if (lock === 'failed') return shared.fetch();
      if (lock.value) return this.#fetchForAll(key, shared, lock.value);
      if (this.clock.monotonic() >= until) return this.#fetchAlone(key, shared);
      await sleep(this.clock, withJitter(delay, this.random));
      const found = await this.#find(key, shared);
      if (found === 'failed') return shared.fetch();
      if (found.value) return found.value;
    }
  }

  async #fetchForAll(key: string, shared: SharedFetch, unlock: Unlock): Promise<FetchedToken> {
    try {
      // The previous holder of the lock may have stored its token since this process looked.
      const found = await this.#find(key, shared);
      const token = (found === 'failed' ? undefined : found.value) ?? (await shared.fetch());
      // Not awaited: the callers get their token, whatever the store does.
      void this.#publish(key, token).then(async () => this.#attempt(unlock));
      return token;
    } catch (failure) {
      void this.#attempt(unlock);
      throw failure;
    }
  }

  async #fetchAlone(key: string, shared: SharedFetch): Promise<FetchedToken> {
    const token = await shared.fetch();
    void this.#publish(key, token);
    return token;
  }

  async #find(key: string, { isWanted }: SharedFetch): Promise<Outcome<FetchedToken | undefined>> {
    const text = await this.#attempt(async () => this.store.get(key));
    if (text === 'failed') return 'failed';
    const token = parse(text.value);
    return { value: token && isWanted(token) ? token : undefined };
  }

  async #publish(key: string, { token, expiresAt, issuedAt, isLast }: FetchedToken): Promise<void> {
    const now = this.clock.now();
    const value = JSON.stringify({ token, expiresAt, issuedAt: issuedAt ?? now, isLast });
    const lifetime = expiresAt === undefined ? UNKNOWN_LIFETIME : Math.floor(expiresAt - now);
    if (lifetime > 0) await this.#attempt(async () => this.store.set(key, value, lifetime));
  }

  async #lock(key: string): Promise<Outcome<Unlock | undefined>> {
    let isLate = false;
    const lock = await this.#attempt(async () => {
      const unlock = await this.store.lock(key, LEASE);
      // Too late: nothing waits for it, and it would block other processes until its lease expires.
      if (isLate && unlock) void this.#attempt(unlock);
      return unlock;
    });
    isLate = lock === 'failed';
    return lock;
  }

  /** Never rejects, and takes at most `STORE_TIMEOUT`. */
  async #attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
    try {
      const outcome = await within(
        this.clock,
        STORE_TIMEOUT,
        work().then((value) => ({ value })),
      );
      return outcome ?? 'failed';
    } catch {
      return 'failed';
    }
  }
}

/** The token in a stored text, if there is one: another version or another program may have written the text. */
function parse(text: string | undefined): FetchedToken | undefined {
  if (text === undefined) return undefined;
  try {
    const { token, expiresAt, issuedAt, isLast } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    if (typeof token !== 'string' || tokenComplaint(token) !== undefined || !isTime(issuedAt)) return undefined;
    if (expiresAt !== undefined && !isTime(expiresAt)) return undefined;
    return { token, expiresAt, issuedAt, isLast: isLast === true };
  } catch {
    return undefined;
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
