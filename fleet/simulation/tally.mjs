// Counts what happens, in bins of time.

/** Seconds. */
const BIN = 0.5;

const SERIES = ['began', 'requested', 'succeeded', 'nobody', 'bridged', 'lost'];

export class Tally {
  #bins;

  constructor(seconds) {
    const count = Math.ceil(seconds / BIN);
    this.#bins = Object.fromEntries(SERIES.map((name) => [name, new Array(count).fill(0)]));
  }

  began({ beganAt }) {
    this.#count('began', beganAt);
  }

  requested(now) {
    this.#count('requested', now);
  }

  /** Counted when it succeeds, and as `bridged` when it began. */
  succeeded({ beganAt }, now) {
    this.#count('succeeded', now);
    this.#count('bridged', beganAt);
  }

  /** The call lost a retry to the budget. */
  refused({ beganAt }) {
    this.#count('lost', beganAt);
  }

  /** A response came for a caller that had left. */
  respondedToNobody(now) {
    this.#count('nobody', now);
  }

  /** How many of `name` there were from `from` up to `to`. */
  sum(name, from, to) {
    let sum = 0;
    for (let bin = binOf(from); bin < Math.min(binOf(to), this.#bins[name].length); bin += 1)
      sum += this.#bins[name][bin];
    return sum;
  }

  #count(name, time) {
    this.#bins[name][binOf(time)] += 1;
  }
}

function binOf(time) {
  // Times are sums of fractions, and 0.5 must not fall into the bin before it.
  return Math.floor(time / BIN + 1e-9);
}
