import timers from 'node:timers';

/**
 * Runs a step after all responses that have arrived are processed. Requests sent this way are written together, so the
 * server wakes up once for all of them. On the same machine, one wake-up per request costs as much as the rest of a call.
 *
 * Bound when the module is loaded, because fake timers replace it later.
 */
export const soon = timers.setImmediate;

/** The promise of a step that is over: what follows it runs at the end of the current one. */
const done = Promise.resolve();

function atOnce(step: () => void): void {
  void done.then(step);
}

/** Requests of this process that are under way. */
let underWay = 0;

/**
 * Counts one more request as under way.
 *
 * @returns what runs the step that sends it: at the end of the current step, so that a call which is cancelled in it is
 * never sent; or `soon`, if others are under way that may be sent together with it
 */
export function enter(): (step: () => void) => void {
  underWay += 1;
  return underWay === 1 ? atOnce : soon;
}

/** The request has ended. */
export function leave(): void {
  underWay -= 1;
}
