import { setImmediate } from 'node:timers';

/**
 * Runs a step after all responses that have arrived are processed. Requests sent this way are written together, so the
 * server wakes up once for all of them. On the same machine, one wake-up per request costs as much as the rest of a call.
 *
 * Bound when the module is loaded, because fake timers replace it later.
 */
export const soon = setImmediate;

/** What follows it runs at the end of the current step: a request that is cancelled in that step is never sent. */
export const endOfStep = Promise.resolve();

/** Requests of this process. One that is alone need not wait for others that could be written together with it. */
export const requests = { underWay: 0 };
