import { setImmediate } from 'node:timers';

/**
 * Runs a step after all responses that have arrived are processed. Bound when the module is loaded, because fake timers
 * replace it later.
 */
export const soon = setImmediate;

/** Resolves after a whole turn of the event loop, in which all that had arrived is read. The current turn may be past reading. */
export function wholeTurn(): Promise<void> {
  return new Promise((resolve) => {
    soon(soon, resolve);
  });
}
