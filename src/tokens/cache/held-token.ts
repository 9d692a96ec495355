import type { AccessToken } from '../sources/token-source';
import type { TokenClock } from './token-clock';

/** A token as it comes from an issuer or a store. */
export interface FetchedToken extends AccessToken {
  /** Milliseconds since the epoch. @default when it came */
  readonly issuedAt?: number | undefined;
  /** Whether a later one would live no longer, so that there is no use in renewing it ahead. */
  readonly isLast?: boolean | undefined;
}

/** Part of its life that is left when a token is renewed ahead, and by how much that differs from token to token. */
const RENEWAL = 0.2;
const JITTER = 0.05;
/** Part of its life, and the most in milliseconds, that is left when a call no longer likes to begin with a token. */
const MARGIN = 0.1;
const MAX_MARGIN = 30_000;
/**
 * What a request takes to arrive, a new connection and a busy machine included. A token that lives for less than two
 * seconds cannot spare that much: it gives up an eighth of its life, which is less than what is left at its renewal.
 */
const ARRIVAL = 200;
const MAX_SHARE = 0.125;

/** A token, and how much of its life is left. Times are in milliseconds. */
export class HeldToken {
  readonly token: AccessToken;
  readonly issuedAt: number;
  /** From when it was issued to when it ends. */
  readonly life: number;
  /** Renewed ahead when no more than this is left. */
  readonly renewal: number;
  /** Only used while nothing better is to be had when no more than this is left. */
  readonly margin: number;
  readonly #clock: TokenClock;
  readonly #expiresAt: number;
  readonly #endsAt: number;

  /** @param random 0 up to 1: processes that began together are not to renew together */
  constructor({ token, expiresAt, issuedAt, isLast = false }: FetchedToken, clock: TokenClock, random: () => number) {
    const now = clock.now();
    this.#clock = clock;
    this.token = { token, expiresAt };
    this.#expiresAt = expiresAt ?? Infinity;
    this.issuedAt = issuedAt ?? now;
    this.life = this.#expiresAt - this.issuedAt;
    // No more than its whole life, in case that the clock has been set back since it was issued.
    this.#endsAt = clock.monotonic() + Math.min(this.#expiresAt - now, this.life);
    const isRenewed = this.life !== Infinity && !isLast;
    this.renewal = isRenewed ? this.life * (RENEWAL + JITTER * (2 * random() - 1)) : 0;
    const arrival = Math.min(ARRIVAL, this.life * MAX_SHARE);
    this.margin = isRenewed ? Math.min(Math.max(this.life * MARGIN, arrival), MAX_MARGIN) : 0;
  }

  /** The wall clock knows of the time that the machine slept, the other one is not moved by anybody: the earlier end counts. */
  get left(): number {
    return Math.min(this.#expiresAt - this.#clock.now(), this.#endsAt - this.#clock.monotonic());
  }
}
