// Work in the order of arrival, by a number of workers, as a pool of threads or of database connections does it.
import { now } from './time.mjs';

const WORKERS = 10;

export class WorkQueue {
  /** How many times longer than usual the work takes. */
  slow = 1;
  #milliseconds;
  #waiting = [];
  #underWay = [];
  #timer;

  /** @param capacity pieces of work per second */
  constructor(capacity) {
    this.#milliseconds = (WORKERS * 1000) / capacity;
  }

  /** `done` is called even if nobody waits for it any more: hardly any service notices that. */
  add(done) {
    if (this.#underWay.length < WORKERS) this.#begin(done, now());
    else this.#waiting.push(done);
    this.#wakeUp();
  }

  #begin(done, time) {
    this.#underWay.push({ done, endsAt: time + this.#milliseconds * this.slow });
    this.#underWay.sort((a, b) => a.endsAt - b.endsAt);
  }

  #work() {
    const time = now();
    while (this.#underWay[0]?.endsAt <= time) {
      const { done, endsAt } = this.#underWay.shift();
      done();
      // A timer that is late must not lower the capacity.
      if (this.#waiting.length > 0) this.#begin(this.#waiting.shift(), endsAt);
    }
    this.#wakeUp();
  }

  #wakeUp() {
    clearTimeout(this.#timer);
    if (this.#underWay.length === 0) return;
    this.#timer = setTimeout(() => this.#work(), Math.max(0, this.#underWay[0].endsAt - now()));
  }
}
