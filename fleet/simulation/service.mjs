// A service with a capacity, whose condition changes over time.
import { Fifo, ProcessorSharing } from './queues.mjs';

const QUEUES = { fifo: Fifo, sharing: ProcessorSharing };

/** Seconds on the network, for every response. */
const LATENCY = 0.001;

const WORKERS = 20;

const failure = (code, sent) => ({ code, retryable: true, sent, retryAfter: undefined });
const REFUSED = failure('CONNECTION_REFUSED', 'no');
const RESET = failure('CONNECTION_RESET', 'maybe');
const UNAVAILABLE = failure('SERVER_ERROR', 'yes');

export class Service {
  #events;
  #random;
  #queue;
  /** Mean seconds of work for a request; exponentially distributed. */
  #work;
  #usual;
  #condition;

  /** @param scenario see `scenarios/scenario.mjs` */
  constructor(events, random, { capacity = 1000, queue = 'fifo', usual = {}, conditions = [] }) {
    this.#events = events;
    this.#random = random;
    this.#queue = new QUEUES[queue](events, WORKERS);
    this.#work = WORKERS / capacity;
    this.#usual = usual;
    this.#condition = usual;
    for (const condition of conditions) {
      events.afterRandom(condition.from, () => this.#enter(condition));
      if (condition.to !== undefined) events.afterRandom(condition.to, () => this.#enter({}));
    }
  }

  /** @param settle takes the failure, or `undefined` for a success */
  request(settle) {
    const { isDown, isUnavailable, badReplica, errors = 0, gateway } = this.#condition;
    const respond = (outcome) => this.#events.after(LATENCY, () => settle(outcome));
    if (isDown) return respond(REFUSED);
    if (isUnavailable) return respond(UNAVAILABLE);
    if (badReplica && this.#random() < badReplica.share) return badReplica.hangs ? undefined : respond(UNAVAILABLE);
    if (gateway) this.#events.after(gateway.timeout, () => settle(UNAVAILABLE));
    return this.#queue.add({
      work: -Math.log(1 - this.#random()) * this.#work,
      done: () => respond(this.#random() < errors ? UNAVAILABLE : undefined),
      lost: () => settle(RESET),
    });
  }

  #enter(condition) {
    this.#condition = { ...this.#usual, ...condition };
    this.#queue.slowDown(condition.slow ?? 1);
    if (condition.isDown) for (const job of this.#queue.clear()) job.lost();
  }
}
