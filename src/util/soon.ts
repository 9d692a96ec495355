import timers from 'node:timers';

/**
 * Runs a step after all responses that have arrived are processed. Requests sent this way are written together, so the
 * server wakes up once for all of them. On the same machine, one wake-up per request costs as much as the rest of a call.
 *
 * Bound when the module is loaded, because fake timers replace it later.
 */
export const soon = timers.setImmediate;
