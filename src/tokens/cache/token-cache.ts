import type { FetchedToken } from './held-token';
import { TokenEntry, type EntryOptions } from './token-entry';
import { TokenSharing } from './token-sharing';
import { SYSTEM_CLOCK, type TokenClock } from './token-clock';
import type { AccessToken } from '../sources/token-source';
import type { TokenStore } from '../../stores/token-store';

export interface TokenCacheOptions<Query> {
  /** What tells the tokens of two queries apart; see `tokenKey`. */
  readonly keyOf: (query: Query) => string;
  /**
   * Gets a new token. It works for every caller, so it is given the signal of none.
   *
   * @param isUrgent whether calls wait for it; otherwise the old token serves, and there will be other tries
   */
  readonly fetch: (query: Query, isUrgent: boolean) => Promise<FetchedToken>;
  /** Milliseconds for which a failure would only come again, and is given to callers at once. @default none */
  readonly refusalTime?: ((failure: unknown) => number) | undefined;
  /** Tokens that are kept; audiences come from URLs, and subjects from requests. @default 1000 */
  readonly maxTokens?: number | undefined;
  /** Where other processes are to have the tokens too. */
  readonly store?: TokenStore | undefined;
  readonly clock?: TokenClock | undefined;
  /** 0 up to 1. */
  readonly random?: (() => number) | undefined;
}

/**
 * Tokens by key. A good one is at hand, and renewed while it still serves; there is never more than one fetch under way
 * for a key. All is done on use: there is no timer but while somebody waits.
 */
export class TokenCache<Query> {
  readonly #entries = new Map<string, TokenEntry>();
  readonly #options: EntryOptions;
  readonly #maxTokens: number;
  #uses = 0;

  constructor(private readonly options: TokenCacheOptions<Query>) {
    const { maxTokens = 1000, store, clock = SYSTEM_CLOCK, random = Math.random, refusalTime = () => 0 } = options;
    this.#maxTokens = maxTokens;
    const sharing = store && new TokenSharing(store, clock, random);
    this.#options = { clock, random, refusalTime, sharing };
  }

  get(query: Query): AccessToken | Promise<AccessToken> {
    const entry = this.#entryOf(this.options.keyOf(query));
    entry.usedAt = ++this.#uses;
    return entry.get(async (isUrgent) => this.options.fetch(query, isUrgent));
  }

  /** Forgets `token`, unless a newer one has come since. */
  invalidate(token: string): void {
    for (const entry of this.#entries.values()) entry.invalidate(token);
  }

  #entryOf(key: string): TokenEntry {
    const known = this.#entries.get(key);
    if (known) return known;
    const entry = new TokenEntry(key, this.#options);
    if (this.#entries.size >= this.#maxTokens) this.#evictOne();
    this.#entries.set(key, entry);
    return entry;
  }

  /** The one not used for the longest time; but not one whose fetch is under way, which would then be made twice. */
  #evictOne(): void {
    let oldest: readonly [string, TokenEntry] | undefined;
    for (const each of this.#entries) {
      if (!each[1].isBusy && (!oldest || each[1].usedAt < oldest[1].usedAt)) oldest = each;
    }
    if (oldest) this.#entries.delete(oldest[0]);
  }
}
