import { createException } from '../../errors/create';
import type { AccessToken } from '../sources/token-source';
import type { TokenClock } from './token-clock';

/** A token from an issuer or a store. */
export interface FetchedToken extends AccessToken {
  /** Milliseconds since the epoch. @default the time of arrival */
  readonly issuedAt?: number | undefined;
  /** Whether a new token would not expire later, so that early renewal is useless. */
  readonly isLast?: boolean | undefined;
}

/** A token is renewed when this share of its lifetime is left, plus or minus a random share of up to `JITTER`. */
const RENEWAL = 0.2;
const JITTER = 0.05;
/** In this last share of its lifetime, limited to `MAX_MARGIN` milliseconds, calls prefer a new token. */
const MARGIN = 0.1;
const MAX_MARGIN = 30_000;
/**
 * Milliseconds that a request may need to arrive, with a new connection and on a busy machine. A token that lives for
 * less than two seconds cannot spare that much: it gives up an eighth of its lifetime, less than what is left at renewal.
 */
const ARRIVAL = 200;
const MAX_SHARE = 0.125;

/** A token, and how much of its lifetime is left. Times are in milliseconds. */
export class HeldToken {
  readonly token: AccessToken;
  readonly issuedAt: number;
  /** From issue to expiry; `Infinity` if the expiry is unknown. */
  readonly lifetime: number;
  /** Renewed early when at most this is left. */
  readonly renewal: number;
  /** When at most this is left, the token is only used if no new one is available. */
  readonly margin: number;
  readonly #clock: TokenClock;
  readonly #expiresAt: number;
  readonly #expiresAtMonotonic: number;

  /** @param random returns 0 up to 1, so that processes that started together do not renew together */
  constructor({ token, expiresAt, issuedAt, isLast = false }: FetchedToken, clock: TokenClock, random: () => number) {
    const now = clock.now();
    this.#clock = clock;
    this.token = { token, expiresAt };
    this.#expiresAt = expiresAt ?? Infinity;
    this.issuedAt = issuedAt ?? now;
    this.lifetime = this.#expiresAt - this.issuedAt;
    // At most the whole lifetime, in case the clock was set back after the token was issued.
    this.#expiresAtMonotonic = clock.monotonic() + Math.min(this.#expiresAt - now, this.lifetime);
    const isRenewable = this.lifetime !== Infinity && !isLast;
    this.renewal = isRenewable ? this.lifetime * (RENEWAL + JITTER * (2 * random() - 1)) : 0;
    const arrival = Math.min(ARRIVAL, this.lifetime * MAX_SHARE);
    this.margin = isRenewable ? Math.min(Math.max(this.lifetime * MARGIN, arrival), MAX_MARGIN) : 0;
  }

  /** The wall clock includes sleep of the machine, and the monotonic clock cannot be set: the earlier expiry counts. */
  get left(): number {
    return Math.min(this.#expiresAt - this.#clock.now(), this.#expiresAtMonotonic - this.#clock.monotonic());
  }
}

/** The TokenError for a new token that cannot be used. */
export function alreadyExpired(): Error {
  const detail = 'the new token has already expired (do the clocks of both machines agree?)';
  return createException('TOKEN_UNAVAILABLE', { sent: 'no', detail });
}
