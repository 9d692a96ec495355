import { IssuerGate, type Verdict } from './issuer-gate';
import { TokenEntry, type AskIssuer, type EntryOptions } from './token-entry';
import { TokenHolders } from './token-holders';
import { TokenSharing } from './token-sharing';
import { SYSTEM_CLOCK, type TokenClock } from './token-clock';
import { WaitingCalls, type Caller } from './waiting-calls';
import type { AccessToken } from '../sources/token-source';
import type { TokenSourceKind } from '../../events/messages';
import type { TokenStore } from '../../stores/token-store';
import { isPromise } from '../../util/promises';

export interface TokenCacheOptions<Query> {
  /** Whose tokens they are, in events. */
  readonly source: TokenSourceKind;
  /** Queries with the same key share a token; see `tokenKeys`. */
  readonly keyOf: (query: Query) => string;
  /**
   * Prepares the request for a new token. It serves all callers, so it gets no caller's signal.
   *
   * @throws Error if the issuer need not be asked, whether or not it works: the user's own token has expired
   */
  readonly fetch: (query: Query) => AskIssuer;
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

/** Entries at which an eviction looks. */
const LOOKS = 16;

/**
 * Tokens by key. A valid token is returned at once and renewed before it expires; a key has at most one fetch in
 * progress. All work happens on use: timers run only while a call waits.
 */
export class TokenCache<Query> {
  readonly #entries = new Map<string, TokenEntry>();
  readonly #options: EntryOptions;
  readonly #maxTokens: number;
  readonly #callers = new WaitingCalls();
  /** Goes round and round the entries. */
  #hand = this.#entries.entries();

  constructor(private readonly options: TokenCacheOptions<Query>) {
    const { source, maxTokens = 1000, store, clock = SYSTEM_CLOCK, random = Math.random, judge } = options;
    this.#maxTokens = maxTokens;
    const gate = new IssuerGate(clock, random, judge);
    const sharing = store && new TokenSharing(store, clock, random);
    this.#options = { source, clock, random, judge, gate, sharing, holders: new TokenHolders() };
  }

  /**
   * @param caller whose signal tells when its call has ended
   * @throws whatever `fetch` rejects with; TokenError if the new token has already expired
   */
  get(query: Query, caller: Caller = {}): AccessToken | Promise<AccessToken> {
    const entry = this.#entryOf(this.options.keyOf(query));
    const token = entry.get(() => this.options.fetch(query), caller);
    return isPromise(token) ? this.#callers.add(caller, token) : token;
  }

  /**
   * Lets go of the issuer. Calls that wait may be of another client, which has the same source, so they still get their tokens.
   *
   * @param giveUp ends the fetches in progress
   */
  close(giveUp: () => void): void {
    this.#callers.whenEmpty(giveUp);
  }

  /** Drops `token`, unless a newer one has replaced it. */
  invalidate(token: string): void {
    for (const entry of this.#options.holders.of(token)) entry.invalidate(token);
  }

  #entryOf(key: string): TokenEntry {
    const known = this.#entries.get(key);
    if (known) {
      known.wasUsed = true;
      return known;
    }
    // Two, as there may be too many after a time in which all had fetches in progress.
    for (let count = 0; count < 2 && this.#entries.size >= this.#maxTokens; count++) this.#evictOne();
    const entry = new TokenEntry(key, this.#options);
    this.#entries.set(key, entry);
    return entry;
  }

  /**
   * Evicts one entry, if possible one that was not used since the hand came by last: to find the least recently used of
   * 100,000 would take milliseconds, and to keep them in order would cost each use. One with a fetch in progress stays: the
   * fetch would be repeated.
   */
  #evictOne(): void {
    let found: readonly [string, TokenEntry] | undefined;
    for (let look = 0; look < LOOKS; look++) {
      const next = this.#hand.next();
      if (next.done) {
        this.#hand = this.#entries.entries();
        continue;
      }
      const [, entry] = next.value;
      if (entry.isBusy) continue;
      found = next.value;
      if (!entry.wasUsed) break;
      entry.wasUsed = false;
    }
    if (!found) return;
    this.#entries.delete(found[0]);
    found[1].evicted();
  }
}
