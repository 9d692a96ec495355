import { setImmediate } from 'node:timers';

/**
 * Runs a step after all responses that have arrived are processed. Bound when the module is loaded, because fake timers
 * replace it later.
 */
export const soon = setImmediate;
