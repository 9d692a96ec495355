/** Who holds a token: found without a search. Some issuers issue one token for several audiences, or for all users. */
export class TokenHolders<Holder> {
  readonly #holders = new Map<string, Set<Holder>>();

  of(token: string): readonly Holder[] {
    return [...(this.#holders.get(token) ?? [])];
  }

  /** `holder` has `next` in place of `previous`. */
  replace(holder: Holder, previous: string | undefined, next: string | undefined): void {
    if (previous !== undefined) {
      const holders = this.#holders.get(previous);
      holders?.delete(holder);
      if (holders?.size === 0) this.#holders.delete(previous);
    }
    if (next === undefined) return;
    const holders = this.#holders.get(next);
    if (holders) holders.add(holder);
    else this.#holders.set(next, new Set([holder]));
  }
}
