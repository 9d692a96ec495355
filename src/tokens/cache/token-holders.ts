/** Who holds a token: found without a search. Some issuers issue one token for several audiences. */
export class TokenHolders<Holder> {
  readonly #holders = new Map<string, readonly Holder[]>();

  of(token: string): readonly Holder[] {
    return this.#holders.get(token) ?? [];
  }

  /** `holder` has `next` in place of `previous`. */
  replace(holder: Holder, previous: string | undefined, next: string | undefined): void {
    if (previous !== undefined) {
      const others = this.of(previous).filter((other) => other !== holder);
      if (others.length > 0) this.#holders.set(previous, others);
      else this.#holders.delete(previous);
    }
    if (next !== undefined) this.#holders.set(next, [...this.of(next), holder]);
  }
}
