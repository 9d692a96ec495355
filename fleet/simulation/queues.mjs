// The order in which a service works on requests. Work for callers that have left is done like all other work.
import { Heap } from './heap.mjs';
import { Lane } from './lane.mjs';

/** First come, first served by a fixed number of workers, as with a pool of threads or of database connections. */
export class Fifo {
  #events;
  #workers;
  #waiting = new Lane();
  #working = new Set();
  #slowness = 1;

  constructor(events, workers) {
    this.#events = events;
    this.#workers = workers;
  }

  /** @param job `{ work, done }`: seconds of one worker, and what happens after them */
  add(job) {
    if (this.#working.size < this.#workers) this.#begin(job);
    else this.#waiting.push(job);
  }

  /** Work that begins from now on takes this many times as long. */
  slowDown(factor) {
    this.#slowness = factor;
  }

  /** @returns the jobs that are lost */
  clear() {
    const lost = [...this.#working, ...this.#waiting.all];
    this.#working = new Set();
    this.#waiting = new Lane();
    return lost;
  }

  #begin(job) {
    this.#working.add(job);
    this.#events.afterRandom(job.work * this.#slowness, () => {
      // Not if it was lost in the meantime.
      if (!this.#working.delete(job)) return;
      const next = this.#waiting.shift();
      if (next) this.#begin(next);
      job.done();
    });
  }
}

/** All at once, each with its share of the workers, as with threads without a limit. */
export class ProcessorSharing {
  #events;
  #workers;
  #slowness = 1;
  /** `{ job, key }`: what `given` is when the job is done. */
  #jobs = new Heap();
  /** Seconds of work that each job has got that is here since the start. */
  #given = 0;
  #givenAt = 0;
  #alarm = 0;

  constructor(events, workers) {
    this.#events = events;
    this.#workers = workers;
  }

  add(job) {
    this.#give();
    this.#jobs.push({ job, key: this.#given + job.work });
    this.#setAlarm();
  }

  slowDown(factor) {
    this.#give();
    this.#slowness = factor;
    this.#setAlarm();
  }

  clear() {
    const lost = this.#jobs.all.map(({ job }) => job);
    this.#jobs = new Heap();
    this.#setAlarm();
    return lost;
  }

  /** Seconds of work per second for each job. */
  #pace() {
    return Math.min(1, this.#workers / this.#jobs.size) / this.#slowness;
  }

  #give() {
    if (this.#jobs.size > 0) this.#given += (this.#events.now - this.#givenAt) * this.#pace();
    this.#givenAt = this.#events.now;
  }

  /** For the next job that will be done, which any arrival postpones. */
  #setAlarm() {
    this.#alarm += 1;
    if (this.#jobs.size === 0) return;
    const alarm = this.#alarm;
    const wait = Math.max(0, this.#jobs.first.key - this.#given) / this.#pace();
    this.#events.afterRandom(wait, () => {
      if (alarm === this.#alarm) this.#finish();
    });
  }

  #finish() {
    this.#give();
    const { job } = this.#jobs.shift();
    this.#setAlarm();
    job.done();
  }
}
