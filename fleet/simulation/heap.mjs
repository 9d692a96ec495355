/** A binary heap: entries leave in the order of their `key`. */
export class Heap {
  #entries = [];

  get size() {
    return this.#entries.length;
  }

  get first() {
    return this.#entries[0];
  }

  get all() {
    return [...this.#entries];
  }

  push(entry) {
    const entries = this.#entries;
    let place = entries.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (entries[parent].key <= entry.key) break;
      entries[place] = entries[parent];
      place = parent;
    }
    entries[place] = entry;
  }

  shift() {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (this.#entries.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an entry at the top, and lets it sink to its place. */
  #sink(entry) {
    const entries = this.#entries;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && entries[child + 1].key < entries[child].key) child += 1;
      if (entries[child].key >= entry.key) break;
      entries[place] = entries[child];
      place = child;
    }
    entries[place] = entry;
  }
}
