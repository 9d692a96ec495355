/** Length from which on the places of entries that have left are given up. */
const COMPACT = 1000;

/** A queue: first in, first out. Leaving takes the same time however long it is. */
export class Lane {
  #entries = [];
  #head = 0;

  get first() {
    return this.#entries[this.#head];
  }

  get all() {
    return this.#entries.slice(this.#head);
  }

  push(entry) {
    this.#entries.push(entry);
  }

  /** @returns `undefined` if it is empty */
  shift() {
    const entry = this.#entries[this.#head];
    if (this.#head < this.#entries.length) this.#head += 1;
    if (this.#head > COMPACT && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }
}
