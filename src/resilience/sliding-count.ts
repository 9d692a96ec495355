/** The window moves on by a tenth of it. */
const SLICES = 10;

/** Counts the events of the last `window` milliseconds, accurate to a tenth of it. */
export class SlidingCount {
  readonly #window: number;
  /** Events of the slices before the current one. */
  readonly #slices = new Array<number>(SLICES).fill(0);
  /** Slices since the clock began. */
  #slice = 0;
  #inSlice = 0;
  #total = 0;

  constructor(window: number) {
    this.#window = window;
  }

  add(now: number, events = 1): void {
    this.#moveTo(now);
    this.#inSlice += events;
    this.#total += events;
  }

  total(now: number): number {
    this.#moveTo(now);
    return this.#total;
  }

  clear(): void {
    this.#slices.fill(0);
    this.#inSlice = 0;
    this.#total = 0;
  }

  #moveTo(now: number): void {
    const slice = Math.floor((now * SLICES) / this.#window);
    if (slice <= this.#slice) return;
    this.#slices[this.#slice % SLICES] = this.#inSlice;
    for (let next = Math.max(this.#slice, slice - SLICES) + 1; next <= slice; next += 1)
      this.#slices[next % SLICES] = 0;
    this.#slice = slice;
    this.#inSlice = 0;
    this.#total = this.#slices.reduce((sum, events) => sum + events, 0);
  }
}
