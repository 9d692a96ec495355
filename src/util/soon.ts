import timers from 'node:timers';

/**
 * Runs a step once all answers that have come are dealt with. Requests that are sent so are written one after the other, and the
 * other side is woken for all of them and not for each, which costs as much as the rest of a call where it is on the same machine.
 *
 * Taken as it is when this is loaded: fake timers put their own in its place.
 */
export const soon = timers.setImmediate;
