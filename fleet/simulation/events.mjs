// Virtual time: events in the order of their time.
import { Heap } from './heap.mjs';
import { Lane } from './lane.mjs';

export class Events {
  now = 0;
  #heap = new Heap();
  /** By delay: with the same delay, the first to come is the first to leave, and nearly all events are such. */
  #lanes = new Map();

  /** @param delay seconds from now, one of few that many events have */
  after(delay, action) {
    let lane = this.#lanes.get(delay);
    if (!lane) this.#lanes.set(delay, (lane = new Lane()));
    lane.push({ key: this.now + delay, action });
  }

  /** @param delay seconds from now, any number */
  afterRandom(delay, action) {
    this.#heap.push({ key: this.now + delay, action });
  }

  /** Runs all events before `end`. */
  runUntil(end) {
    for (;;) {
      let next = this.#heap;
      let time = next.first?.key ?? Infinity;
      for (const lane of this.#lanes.values()) {
        const key = lane.first?.key ?? Infinity;
        if (key < time) [next, time] = [lane, key];
      }
      if (time >= end) break;
      this.now = time;
      next.shift().action();
    }
    this.now = end;
  }
}
