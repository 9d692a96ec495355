import type { AccessToken } from './token-source';

/** Seconds before its end from which a token is no longer used: the request has to arrive, and clocks differ. */
const MARGIN = 30;
/** Of a short-lived token, the part of its life that is given up instead. */
const SHARE = 0.2;

/** Holds one token until shortly before its end, with one fetch under way for any number of callers. */
export class TokenCache {
  #token: AccessToken | undefined;
  #renewAt = 0;
  #pending: Promise<AccessToken> | undefined;

  /** @param fetch gets a new token; it is not given any caller's signal, for it works for all of them */
  constructor(private readonly fetch: () => Promise<AccessToken>) {}

  get current(): AccessToken | undefined {
    return Date.now() < this.#renewAt ? this.#token : undefined;
  }

  get(): AccessToken | Promise<AccessToken> {
    return this.current ?? (this.#pending ??= this.#renew());
  }

  /** Forgets `token`, unless a newer one has come since. */
  invalidate(token: string): void {
    if (this.#token?.token === token) this.#renewAt = 0;
  }

  async #renew(): Promise<AccessToken> {
    try {
      const token = await this.fetch();
      const life = (token.expiresAt ?? Infinity) - Date.now();
      this.#token = token;
      this.#renewAt = (token.expiresAt ?? Infinity) - Math.min(MARGIN * 1000, life * SHARE);
      return token;
    } finally {
      this.#pending = undefined;
    }
  }
}
