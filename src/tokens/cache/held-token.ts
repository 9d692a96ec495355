import type { AccessToken } from '../sources/token-source';
import type { TokenClock } from './token-clock';

/** A token as it comes from an issuer or a store. */
export interface FetchedToken extends AccessToken {
  /** Milliseconds since the epoch. @default when it came */
  readonly issuedAt?: number | undefined;
  /** Whether a later one would live no longer, so that there is no use in renewing it ahead. */
  readonly isLast?: boolean | undefined;
}

/** Part of its lifetime that is left when a token is renewed ahead, and by how much that differs from token to token. */
const RENEWAL = 0.2;
const JITTER = 0.05;
/** Part of its lifetime, and the most in milliseconds, that is left when a call no longer likes to begin with a token. */
const MARGIN = 0.1;
const MAX_MARGIN = 30_000;
/**
 * What a request takes to arrive, a new connection and a busy machine included. A token that lives for less than two
 * seconds cannot spare that much: it gives up an eighth of its lifetime, which is less than what is left at its renewal.
 */
const ARRIVAL = 200;
const MAX_SHARE = 0.125;

/** A token, and how much of its lifetime is left. Times are in milliseconds. */
export class HeldToken {
  readonly token: AccessToken;
  readonly issuedAt: number;
  /** From when it was issued to when it ends. */
  readonly lifetime: number;
  /** Renewed ahead when no more than this is left. */
  readonly renewal: number;
  /** Only used while nothing better is to be had when no more than this is left. */
  readonly margin: number;
  readonly #clock: TokenClock;
  readonly #expiresAt: number;
  readonly #expiresAtMonotonic: number;

  /** @param random 0 up to 1: processes that began together are not to renew together */
  constructor({ token, expiresAt, issuedAt, isLast = false }: FetchedToken, clock: TokenClock, random: () => number) {
    const now = clock.now();
    this.#clock = clock;
    this.token = { token, expiresAt };
    this.#expiresAt = expiresAt ?? Infinity;
    this.issuedAt = issuedAt ?? now;
    this.lifetime = this.#expiresAt - this.issuedAt;
    // No more than its whole lifetime, in case that the clock has been set back since it was issued.
    this.#expiresAtMonotonic = clock.monotonic() + Math.min(this.#expiresAt - now, this.lifetime);
    const isRenewable = this.lifetime !== Infinity && !isLast;
    this.renewal = isRenewable ? this.lifetime * (RENEWAL + JITTER * (2 * random() - 1)) : 0;
    const arrival = Math.min(ARRIVAL, this.lifetime * MAX_SHARE);
    this.margin = isRenewable ? Math.min(Math.max(this.lifetime * MARGIN, arrival), MAX_MARGIN) : 0;
  }

  /** The wall clock knows of the time that the machine slept, the other one is not moved by anybody: the earlier end counts. */
  get left(): number {
    return Math.min(this.#expiresAt - this.#clock.now(), this.#expiresAtMonotonic - this.#clock.monotonic());
  }
}
