import { tokenArrived } from '../cache/token-events';
import type { AccessToken } from '../sources/token-source';

/** Seconds before its expiry from which a token is not used: the request has to arrive, and clocks differ. */
const MARGIN = 30;
/** Limit of that margin, as a share of the lifetime, for short-lived tokens. */
const SHARE = 0.2;
/** Limit of cached audiences. A client that calls more of them signs more often, and still works. */
const MAX_AUDIENCES = 1000;

interface Signed extends AccessToken {
  /** Milliseconds since the epoch: usable from here, and until there. */
  readonly from: number;
  readonly until: number;
  /** `until` on the monotonic clock. */
  readonly untilMonotonic: number;
}

/**
 * Seconds by which a token is dated back, because some verifiers refuse an `iat` that is in the future by their clock; at most
 * a share of the lifetime, for short-lived tokens.
 */
const BACKDATED = 5;
const BACKDATED_SHARE = 0.2;

/** When a token was issued and when it expires, in seconds since the epoch. */
interface TokenTimes {
  readonly iat: number;
  readonly exp: number;
}

/**
 * The times of a token that is signed now.
 *
 * @param now milliseconds since the epoch
 * @param lifetime seconds from `iat` to `exp`
 */
export function timesFrom(now: number, lifetime: number): TokenTimes {
  const iat = Math.floor(now / 1000) - Math.floor(Math.min(BACKDATED, lifetime * BACKDATED_SHARE));
  return { iat, exp: iat + lifetime };
}

/** Signs a token for `audience`. */
export type SignFor = (audience: string, times: TokenTimes) => string;

/** Tokens that a service signs itself: one per audience, used until shortly before it expires. */
export class SignedTokens {
  readonly #tokens = new Map<string, Signed>();

  /** @param lifetime seconds */
  constructor(
    private readonly signFor: SignFor,
    private readonly lifetime: number,
  ) {}

  get(audience: string): AccessToken {
    const cached = this.#tokens.get(audience);
    return cached && isUsable(cached) ? cached : this.#renew(audience);
  }

  forget(token: string): void {
    for (const [audience, cached] of this.#tokens)
      if (cached.token === token) this.#tokens.set(audience, { ...cached, until: -Infinity });
  }

  #renew(audience: string): AccessToken {
    const now = Date.now();
    const times = timesFrom(now, this.lifetime);
    const expiresAt = times.exp * 1000;
    const until = expiresAt - Math.min(MARGIN, this.lifetime * SHARE) * 1000;
    const untilMonotonic = performance.now() + until - now;
    const signed = { token: this.signFor(audience, times), expiresAt, from: now, until, untilMonotonic };
    const isFirst = !this.#tokens.delete(audience);
    // The first entry of the Map was signed longest ago.
    const [oldest] = this.#tokens.keys();
    if (oldest !== undefined && this.#tokens.size >= MAX_AUDIENCES) this.#tokens.delete(oldest);
    this.#tokens.set(audience, signed);
    tokenArrived('signedJwt', signed, { isFirst, now });
    return signed;
  }
}

/**
 * If the wall clock is set back, a token seems usable for longer, and its `iat` is in the future. So the monotonic clock
 * has to agree. That clock alone is not enough: it may stop while the machine sleeps.
 */
function isUsable({ from, until, untilMonotonic }: Signed): boolean {
  const now = Date.now();
  return now >= from && now < until && performance.now() < untilMonotonic;
}
