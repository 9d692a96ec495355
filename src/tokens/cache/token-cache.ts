import type { FetchedToken } from './held-token';
import { IssuerGate, type Verdict } from './issuer-gate';
import { TokenEntry, type EntryOptions } from './token-entry';
import { TokenSharing } from './token-sharing';
import { SYSTEM_CLOCK, type TokenClock } from './token-clock';
import type { AccessToken } from '../sources/token-source';
import type { TokenSourceKind } from '../../events/messages';
import type { TokenStore } from '../../stores/token-store';

export interface TokenCacheOptions<Query> {
  /** Whose tokens they are, in events. */
  readonly source: TokenSourceKind;
  /** Queries with the same key share a token; see `tokenKeys`. */
  readonly keyOf: (query: Query) => string;
  /**
   * Fetches a new token. It serves all callers, so it gets no caller's signal.
   *
   * @param isUrgent whether calls wait for it; otherwise the old token is still valid, and later calls try again
   */
  readonly fetch: (query: Query, isUrgent: boolean) => Promise<FetchedToken>;
  /** What a failure of `fetch` tells: whether it concerns all tokens, and for how long it would repeat. */
  readonly judge: (failure: unknown) => Verdict;
  /** Limit of cached tokens: audiences come from URLs, and subjects from requests. @default 1000 */
  readonly maxTokens?: number | undefined;
  /** Shares the tokens with other processes. */
  readonly store?: TokenStore | undefined;
  readonly clock?: TokenClock | undefined;
  /** Returns 0 up to 1. */
  readonly random?: (() => number) | undefined;
}

/**
 * Tokens by key. A valid token is returned at once and renewed before it expires; a key has at most one fetch in
 * progress. All work happens on use: timers run only while a call waits.
 */
export class TokenCache<Query> {
  readonly #entries = new Map<string, TokenEntry>();
  readonly #options: EntryOptions;
  readonly #maxTokens: number;
  #uses = 0;

  constructor(private readonly options: TokenCacheOptions<Query>) {
    const { source, maxTokens = 1000, store, clock = SYSTEM_CLOCK, random = Math.random, judge } = options;
    this.#maxTokens = maxTokens;
    const gate = new IssuerGate(clock, random, judge);
    const sharing = store && new TokenSharing(store, clock, random);
    this.#options = { source, clock, random, judge, gate, sharing };
  }

  /** @throws whatever `fetch` rejects with; TokenError if the new token has already expired */
  get(query: Query): AccessToken | Promise<AccessToken> {
    const entry = this.#entryOf(this.options.keyOf(query));
    entry.usedAt = ++this.#uses;
    return entry.get(async (isUrgent) => this.options.fetch(query, isUrgent));
  }

  /** Drops `token`, unless a newer one has replaced it. */
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

  /** Evicts the least recently used entry. One with a fetch in progress stays: the fetch would be repeated. */
  #evictOne(): void {
    let oldest: readonly [string, TokenEntry] | undefined;
    for (const each of this.#entries) {
      if (!each[1].isBusy && (!oldest || each[1].usedAt < oldest[1].usedAt)) oldest = each;
    }
    if (oldest) this.#entries.delete(oldest[0]);
  }
}
