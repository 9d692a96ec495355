import { tokenComplaint } from '../../checks/token';
import type { FetchedToken } from './held-token';
import { sleep, within, type TokenClock } from './token-clock';
import type { TokenStore } from '../../stores/token-store';

/**
 * Milliseconds that a process may keep the others waiting while it asks the issuer; a process that dies in the middle
 * keeps them no longer.
 */
const LEASE = 10_000;
/** Milliseconds that a process waits for what another fetches. Less than a call usually may take. */
const MAX_WAIT = 3000;
/** Milliseconds between two looks: the first, and the longest. */
const FIRST_POLL = 25;
const MAX_POLL = 200;
/** Milliseconds after which a store is too slow to be of use. Those of this package give up sooner. */
const STORE_TIMEOUT = 1000;
/** Milliseconds that a token stays in the store which does not say when it ends. */
const UNKNOWN_LIFETIME = 3_600_000;

export interface SharedFetch {
  /** Asks the issuer. */
  readonly fetch: () => Promise<FetchedToken>;
  /** Whether a token of another process is good enough. */
  readonly isWanted: (token: FetchedToken) => boolean;
}

type Unlock = () => Promise<void>;
/** What a store came to; `failed` where it is down or slow. */
type Outcome<T> = { readonly value: T } | 'failed';

/** Has one of all processes ask the issuer, and the others wait for its token. Where the store fails, each is on its own. */
export class TokenSharing {
  constructor(
    private readonly store: TokenStore,
    private readonly clock: TokenClock,
    private readonly random: () => number,
  ) {}

  async obtain(key: string, shared: SharedFetch): Promise<FetchedToken> {
    const until = this.clock.monotonic() + MAX_WAIT;
    for (let delay = FIRST_POLL; ; delay = Math.min(delay * 2, MAX_POLL)) {
      const found = await this.#find(key, shared);
      if (found === 'failed') return shared.fetch();
      if (found.value) return found.value;
      const lock = await this.#lock(key);
      if (lock === 'failed') return shared.fetch();
      if (lock.value) return this.#fetchForAll(key, shared, lock.value);
      if (this.clock.monotonic() >= until) return this.#fetchAlone(key, shared);
      await sleep(this.clock, delay * (0.5 + this.random() / 2));
    }
  }

  async #fetchForAll(key: string, shared: SharedFetch, unlock: Unlock): Promise<FetchedToken> {
    try {
      // The one that had the lock before may have put its token there since this process looked.
      const found = await this.#find(key, shared);
      const token = (found === 'failed' ? undefined : found.value) ?? (await shared.fetch());
      // Not waited for: the callers have their token, whatever the store does.
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
      // Nobody waits for it any more; kept, it would hold up the others until its lease ends.
      if (isLate && unlock) void this.#attempt(unlock);
      return unlock;
    });
    isLate = lock === 'failed';
    return lock;
  }

  /** Never rejects, and never takes long. */
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

/** What a store holds, if it is a token; another version, or anybody else, may have written it. */
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
