// What is measured in a scenario: a number from the Tally of one run.

/** Seconds over which goodput is taken, and the share of the calls that must succeed. */
const WINDOW = 5;
const RECOVERED = 0.9;
const STEP = 0.5;

/** Seconds from `end` until successes are back at 90 % of the rate of calls, and stay there; Infinity if they do not. */
export const recovery = (end) => ({
  kind: 'recovery',
  of(tally, { fleet, seconds }) {
    const enough = RECOVERED * WINDOW * fleet.processes * fleet.rate;
    let recoveredAt = end;
    for (let from = end; from + WINDOW <= seconds; from += STEP) {
      if (tally.sum('succeeded', from, from + WINDOW) < enough) recoveredAt = from + STEP;
    }
    return recoveredAt + WINDOW > seconds ? Infinity : recoveredAt - end;
  },
});

/** The share of the calls begun from `from` to `to` that succeed. */
export const bridged = (from, to) => ({ kind: 'bridged', of: (tally) => share(tally, 'bridged', from, to) });

/** The share of the calls that fail. */
export const failed = (from, to) => ({ kind: 'failed', of: (tally) => 1 - share(tally, 'bridged', from, to) });

/** The share of the calls that would have had one more retry without the budget. */
export const lost = (from, to) => ({ kind: 'lost', of: (tally) => share(tally, 'lost', from, to) });

/** The share of the responses that come for callers that have left. */
export const wasted = (from, to) => ({
  kind: 'wasted',
  of(tally) {
    const nobody = tally.sum('nobody', from, to);
    return nobody / (nobody + tally.sum('succeeded', from, to));
  },
});

/** Requests per call, with those that calls from `from` to `to` make until `end`. */
export const requests = (from, to, end) => ({
  kind: 'requests',
  of: (tally) => tally.sum('requested', from, end) / tally.sum('began', from, to),
});

function share(tally, name, from, to) {
  return tally.sum(name, from, to) / tally.sum('began', from, to);
}
