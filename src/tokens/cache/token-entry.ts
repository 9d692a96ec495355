import type { TokenSourceKind } from '../../events/messages';
import { toError } from '../../util/is-error';
import { alreadyExpired, HeldToken, type FetchedToken } from './held-token';
import type { IssuerGate, Verdict } from './issuer-gate';
import { PendingFetch } from './pending-fetch';
import { RecentFailures } from './recent-failures';
import { RenewalPace } from './renewal-pace';
import { tokenArrived, tokenFailed } from './token-events';
import type { TokenHolders } from './token-holders';
import type { TokenSharing } from './token-sharing';
import { sleep, within, type TokenClock } from './token-clock';
import type { Caller } from './waiting-calls';
import type { AccessToken } from '../sources/token-source';

/** Milliseconds that calls wait for a new token while the old one is about to expire. */
const MAX_WAIT = 1000;
/** Limit of remembered tokens that a service rejected: a store may still hold one of them. */
const MAX_REJECTED = 8;

/** Options that all entries of a cache share. */
export interface EntryOptions {
  readonly source: TokenSourceKind;
  readonly clock: TokenClock;
  /** Returns 0 up to 1. */
  readonly random: () => number;
  readonly judge: (failure: unknown) => Verdict;
  /** Between all entries and the issuer. */
  readonly gate: IssuerGate;
  readonly holders: TokenHolders<TokenEntry>;
  /** Shares the token with other processes. */
  readonly sharing: TokenSharing | undefined;
}

/**
 * Asks for a new token.
 *
 * @param isUrgent whether calls wait for it; otherwise the old token is still valid, and later calls try again
 */
export type AskIssuer = (isUrgent: boolean) => Promise<FetchedToken>;
type FetchToken = () => AskIssuer;

/** The token of one key: returned at once while valid, renewed early, with at most one fetch in progress. */
export class TokenEntry {
  /** Set by the cache to find entries that are not used any more. */
  wasUsed = false;
  #held: HeldToken | undefined;
  #pending: PendingFetch | undefined;
  #rejected: readonly string[] = [];
  /** Whether there has been a token. */
  #hasHeld = false;
  /** When the issuer was asked last, on the monotonic clock. */
  #askedAt: number | undefined;
  /** Failures of requests for this token. As the next one, only after a failure. */
  #failures: RecentFailures | undefined;
  #pace: RenewalPace | undefined;

  constructor(
    private readonly key: string,
    private readonly options: EntryOptions,
  ) {}

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** @throws whatever `fetch` rejects with; TokenError if the new token has already expired */
  get(fetch: FetchToken, caller: Caller = {}): AccessToken | Promise<AccessToken> {
    const held = this.#held;
    const left = held ? held.left : 0;
    if (!held || left <= 0) return this.#getNew(fetch, caller);
    if (left > held.renewal) return held.token;
    if (left <= held.margin) return this.#getExpiring(fetch, held, left);
    if (!this.#pending && this.#mayRenew) this.#start(fetch, false);
    return held.token;
  }

  /** Drops `token`, unless a newer one has replaced it. */
  invalidate(token: string): void {
    if (this.#held?.token.token !== token) return;
    this.#hold(undefined);
    this.#rejected = [...this.#rejected, token].slice(-MAX_REJECTED);
  }

  /** Called when the entry is evicted. */
  evicted(): void {
    this.#hold(undefined);
  }

  #hold(held: HeldToken | undefined): void {
    this.options.holders.replace(this, this.#held?.token.token, held?.token.token);
    this.#held = held;
  }

  /** Whether to try to renew a token that is still valid. */
  get #mayRenew(): boolean {
    return (this.#pace?.isDue ?? true) && !this.#failures?.refusal && this.options.gate.isOpen;
  }

  async #getNew(fetch: FetchToken, caller: Caller): Promise<AccessToken> {
    const refusal = this.#failures?.refusal;
    if (!this.#pending && refusal) throw refusal;
    return (this.#pending ?? this.#start(fetch, true)).join(caller);
  }

  /** A token in its last seconds could expire on its way, so calls wait for a new one, but not until the old one expires. */
  #getExpiring(fetch: FetchToken, held: HeldToken, left: number): AccessToken | Promise<AccessToken> {
    if (!this.#pending && !this.#mayRenew) return held.token;
    const pending = this.#pending ?? this.#start(fetch, false);
    const wait = Math.min(pending.startedAt + MAX_WAIT - this.options.clock.monotonic(), left / 2);
    return wait > 0 ? this.#waitFor(pending, wait) : held.token;
  }

  async #waitFor(pending: PendingFetch, wait: number): Promise<AccessToken> {
    try {
      const token = await within(this.options.clock, wait, pending.token);
      if (token) return token;
    } catch (failure) {
      if (!this.#current) throw failure;
    }
    return this.#current ?? pending.token;
  }

  get #current(): AccessToken | undefined {
    return this.#held && this.#held.left > 0 ? this.#held.token : undefined;
  }

  #start(fetch: FetchToken, isUrgent: boolean): PendingFetch {
    const token = this.#run(fetch, isUrgent);
    return (this.#pending = new PendingFetch(token, isUrgent, this.options.clock.monotonic()));
  }

  async #run(fetch: FetchToken, isUrgent: boolean): Promise<AccessToken> {
    const { source, clock, random } = this.options;
    this.#askedAt = undefined;
    try {
      const pause = this.#failures?.pause ?? 0;
      if (pause > 0) await sleep(clock, pause);
      const held = new HeldToken(await this.#obtain(fetch, isUrgent), clock, random);
      if (held.left <= 0) throw alreadyExpired();
      this.#hold(held);
      this.#failures = undefined;
      this.#pace = undefined;
      tokenArrived(source, held.token, { isFirst: !this.#hasHeld, now: clock.now(), took: this.#took });
      this.#hasHeld = true;
      return held.token;
    } catch (thrown) {
      this.#failed(thrown);
      throw thrown;
    } finally {
      this.#pending = undefined;
    }
  }

  #failed(thrown: unknown): void {
    const { source, clock, random, judge } = this.options;
    (this.#pace ??= new RenewalPace(clock, random)).failed(this.#held?.lifetime ?? 0);
    // Nobody was asked, or it was the request for another token that failed, and its entry has published that.
    if (this.#askedAt === undefined) return;
    const { repeatsFor } = judge(thrown);
    (this.#failures ??= new RecentFailures(clock, random)).failed(toError(thrown), repeatsFor);
    tokenFailed(source, thrown, this.#took);
  }

  // Async: if `fetch` throws at once, `#pending` must be cleared after #start has set it, not before.
  async #obtain(fetch: FetchToken, isUrgent: boolean): Promise<FetchedToken> {
    const { sharing, gate, clock } = this.options;
    // Before the gate, where others would wait for a user whose own token has expired.
    const askIssuer = fetch();
    const ask = async (): Promise<FetchedToken> => {
      this.#askedAt = clock.monotonic();
      // While the issuer fails, a fetch makes one attempt only: calls fail at once, and the next call tries again.
      return askIssuer(isUrgent && !this.#failures?.count && !gate.isFailing);
    };
    const isAwaited = (): boolean => this.#pending?.isAwaited ?? true;
    if (!sharing) return gate.pass(ask, isAwaited);
    return sharing.obtain(this.key, {
      fetch: ask,
      through: async (work) => gate.pass(work, isAwaited),
      isWanted: (token) => this.#isWanted(token),
    });
  }

  /** Milliseconds since the issuer was asked; `undefined` if it was not. */
  get #took(): number | undefined {
    return this.#askedAt === undefined ? undefined : this.options.clock.monotonic() - this.#askedAt;
  }

  /** Whether a token from another process is better than the current one. */
  #isWanted(token: FetchedToken): boolean {
    if (this.#rejected.includes(token.token) || token.token === this.#held?.token.token) return false;
    const { clock, random } = this.options;
    const found = new HeldToken(token, clock, random);
    return found.left > Math.max(found.margin, this.#held?.left ?? 0);
  }
}
