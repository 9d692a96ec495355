/** Times in milliseconds at which a request may be sent, one request each; the earliest goes first. */
export class Slots {
  /** The earliest is the last, where it is cheap to remove. */
  readonly #times: number[] = [];

  /** @param hold milliseconds after its time during which a slot may still be used */
  constructor(private readonly hold: number) {}

  get size(): number {
    return this.#times.length;
  }

  /** The earliest; `Infinity` if there are none. */
  first(now: number): number {
    const times = this.#times;
    for (let i = times.length - 1; i >= 0; i--) {
      const time = times[i];
      if (time !== undefined && time >= now - this.hold) return time;
      times.pop();
    }
    return Infinity;
  }

  /** The latest; `-Infinity` if there are none. */
  get last(): number {
    return this.#times[0] ?? -Infinity;
  }

  add(time: number): void {
    const times = this.#times;
    const index = times.findIndex((one) => one <= time);
    times.splice(index < 0 ? times.length : index, 0, time);
  }

  removeFirst(): void {
    this.#times.pop();
  }

  removeLast(): void {
    this.#times.shift();
  }

  /** Removes those after `time`, and returns them. */
  removeAfter(time: number): number[] {
    const count = this.#times.findIndex((one) => one <= time);
    return this.#times.splice(0, count < 0 ? this.#times.length : count);
  }
}
