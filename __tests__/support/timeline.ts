/** Virtual time in which events run in their order, at once: seconds of a service take milliseconds of a test. */
export class Timeline {
  now = 0;
  private readonly events: { readonly at: number; readonly run: () => void }[] = [];

  /** @param at milliseconds */
  at(at: number, run: () => void): void {
    let index = this.events.length;
    while (index > 0 && (this.events[index - 1]?.at ?? 0) > at) index -= 1;
    this.events.splice(index, 0, { at, run });
  }

  after(delay: number, run: () => void): void {
    this.at(this.now + delay, run);
  }

  /** Runs all events until then, and those that they bring about. */
  runUntil(end: number): void {
    for (let next = this.events[0]; next && next.at <= end; next = this.events[0]) {
      this.events.shift();
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

/** Random numbers from 0 up to 1 that are the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
