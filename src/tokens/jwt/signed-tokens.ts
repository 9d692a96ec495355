import type { AccessToken } from '../sources/token-source';

/** Seconds before its end from which a token is no longer used: the request has to arrive, and clocks differ. */
const MARGIN = 30;
/** Of a short-lived token, the part of its lifetime that is given up instead. */
const SHARE = 0.2;
/** Audiences remembered. A client that calls more of them signs more often, and is as right. */
const MAX_AUDIENCES = 1000;

interface Signed extends AccessToken {
  /** Milliseconds since the epoch: good from here, and until there. */
  readonly from: number;
  readonly until: number;
  /** Until when on the monotonic clock. */
  readonly untilMonotonic: number;
}

/** Signs a token for `audience`, issued at `iat` seconds since the epoch. */
export type SignFor = (audience: string, iat: number) => string;

/** Tokens that a service signed itself, one for each audience, each until shortly before it ends. */
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
    for (const [audience, cached] of this.#tokens) if (cached.token === token) this.#tokens.delete(audience);
  }

  #renew(audience: string): AccessToken {
    const now = Date.now();
    const iat = Math.floor(now / 1000);
    const expiresAt = (iat + this.lifetime) * 1000;
    const until = expiresAt - Math.min(MARGIN, this.lifetime * SHARE) * 1000;
    const untilMonotonic = performance.now() + until - now;
    const signed = { token: this.signFor(audience, iat), expiresAt, from: now, until, untilMonotonic };
    this.#tokens.delete(audience);
    // The first of a Map is the one that was signed longest ago.
    const [oldest] = this.#tokens.keys();
    if (oldest !== undefined && this.#tokens.size >= MAX_AUDIENCES) this.#tokens.delete(oldest);
    this.#tokens.set(audience, signed);
    return signed;
  }
}

/**
 * A clock that was set back would make a token seem good for longer, and its `iat` lie in the future: so it has to be good
 * on the clock that is never set as well. That one may stand still while the machine sleeps, so it does not do alone.
 */
function isUsable({ from, until, untilMonotonic }: Signed): boolean {
  const now = Date.now();
  return now >= from && now < until && performance.now() < untilMonotonic;
}
