import { createException } from '../../errors/create';
import { toError } from '../../util/is-error';
import { HeldToken, type FetchedToken } from './held-token';
import { IssuerTrouble } from './issuer-trouble';
import type { TokenSharing } from './token-sharing';
import { sleep, within, type TokenClock } from './token-clock';
import type { AccessToken } from '../sources/token-source';

/** Milliseconds that a call waits for a new token while the old one is in its last seconds. */
const MAX_WAIT = 1000;
/** Tokens that are remembered as not accepted: a store may still hold one of them. */
const MAX_REJECTED = 8;

/** What the entries of a cache have in common. */
export interface EntryOptions {
  readonly clock: TokenClock;
  /** 0 up to 1. */
  readonly random: () => number;
  /** Milliseconds for which a failure would only come again. */
  readonly refusalTime: (failure: unknown) => number;
  /** Where other processes are to have the token too. */
  readonly sharing: TokenSharing | undefined;
}

/**
 * Gets a new token. It works for every caller, so it is given the signal of none.
 *
 * @param isUrgent whether calls wait for it; otherwise the old token serves, and there will be other tries
 */
export type FetchToken = (isUrgent: boolean) => Promise<FetchedToken>;

interface PendingFetch {
  readonly startedAt: number;
  readonly token: Promise<AccessToken>;
}

/** The token of one key: at hand while it is good, renewed ahead, with never more than one fetch under way. */
export class TokenEntry {
  /** For whoever keeps count of uses. */
  usedAt = 0;
  #held: HeldToken | undefined;
  #pending: PendingFetch | undefined;
  #rejected: readonly string[] = [];
  readonly #trouble: IssuerTrouble;

  constructor(
    private readonly key: string,
    private readonly options: EntryOptions,
  ) {
    this.#trouble = new IssuerTrouble(options.clock, options.random);
  }

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  get(fetch: FetchToken): AccessToken | Promise<AccessToken> {
    const held = this.#held;
    const left = held ? held.left : 0;
    if (!held || left <= 0) return this.#getNew(fetch);
    if (left > held.renewal) return held.token;
    if (left <= held.margin) return this.#getExpiring(fetch, held, left);
    if (!this.#pending && this.#trouble.mayRenew) this.#start(fetch, false);
    return held.token;
  }

  /** Forgets `token`, unless a newer one has come since. */
  invalidate(token: string): void {
    if (this.#held?.token.token !== token) return;
    this.#held = undefined;
    this.#rejected = [...this.#rejected, token].slice(-MAX_REJECTED);
  }

  async #getNew(fetch: FetchToken): Promise<AccessToken> {
    const { refusal } = this.#trouble;
    if (!this.#pending && refusal) throw refusal;
    return (this.#pending ?? this.#start(fetch, true)).token;
  }

  /** In its last seconds a token might end on its way, so a new one is waited for; but not until the old one has ended. */
  #getExpiring(fetch: FetchToken, held: HeldToken, left: number): AccessToken | Promise<AccessToken> {
    if (!this.#pending && !this.#trouble.mayRenew) return held.token;
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
    // Every caller may have left by the time that it fails.
    token.catch(() => undefined);
    this.#pending = { startedAt: this.options.clock.monotonic(), token };
    return this.#pending;
  }

  async #run(fetch: FetchToken, isUrgent: boolean): Promise<AccessToken> {
    const { clock, random, refusalTime } = this.options;
    try {
      const { pause } = this.#trouble;
      if (pause > 0) await sleep(clock, pause);
      // While there is trouble one attempt has to do: calls are told at once, and the next call is the next try.
      const held = new HeldToken(await this.#obtain(fetch, isUrgent && !this.#trouble.isFailing), clock, random);
      if (held.left <= 0) throw alreadyExpired();
      this.#held = held;
      this.#trouble.succeeded();
      return held.token;
    } catch (thrown) {
      this.#trouble.failed(toError(thrown), this.#held?.lifetime ?? 0, refusalTime(thrown));
      throw thrown;
    } finally {
      this.#pending = undefined;
    }
  }

  // Async, so that what throws does so after #start has stored the pending fetch.
  async #obtain(fetch: FetchToken, isUrgent: boolean): Promise<FetchedToken> {
    const { sharing } = this.options;
    if (!sharing) return fetch(isUrgent);
    return sharing.obtain(this.key, {
      fetch: async () => fetch(isUrgent),
      isWanted: (token) => this.#isWanted(token),
    });
  }

  /** Whether a token that another process got is any better than what is here. */
  #isWanted(token: FetchedToken): boolean {
    if (this.#rejected.includes(token.token) || token.token === this.#held?.token.token) return false;
    const { clock, random } = this.options;
    const found = new HeldToken(token, clock, random);
    return found.left > Math.max(found.margin, this.#held?.left ?? 0);
  }
}

function alreadyExpired(): Error {
  const detail = 'the token that came has ended already (do the clocks of both machines agree?)';
  return createException('TOKEN_UNAVAILABLE', { sent: 'no', detail });
}
