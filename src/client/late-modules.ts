import { lazy } from '../util/lazy';
import '../util/soon'; // A test may fake timers before it makes a client.

/** What the first client loads, because it loads axios. Nothing that `http-client.ts` imports may do so. */
export const loadConfig = lazy(() => require('./options/config') as typeof import('./options/config'));
export const loadInstances = lazy(() => require('./instances') as typeof import('./instances'));

declare const jest: unknown;

// Jest may reset its modules before a test makes the first client, which would load another axios than the test has.
if (typeof jest !== 'undefined') {
  loadConfig();
  loadInstances();
}
