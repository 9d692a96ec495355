// All scenarios, in the order of the page.
import { PRICE_CURVE, WASTED, WINDOW_CURVE } from './curves.mjs';
import { FRESH_ALWAYS, FRESH_BROWN_OUTS, FRESH_FAILURES, FRESH_OUTAGES } from './fresh.mjs';
import { TUNED } from './tuned.mjs';

/** `part` is the place on the page, see fleet/notes.md. */
export const SECTIONS = [
  { part: 'goals', title: 'Goals', scenarios: TUNED, hasGoals: true },
  { part: 'wasted', title: 'Responses for callers that have left, in the 30 s after', scenarios: WASTED },
  { part: 'fresh', title: 'Brown-outs: seconds until the service is back', scenarios: FRESH_BROWN_OUTS },
  { part: 'fresh', title: 'Outages: calls begun in them that succeed', scenarios: FRESH_OUTAGES },
  { part: 'fresh', title: 'Failures that last: calls that fail', scenarios: FRESH_FAILURES },
  { part: 'fresh', title: 'Always 503: requests a call', scenarios: FRESH_ALWAYS },
  { part: 'window', title: 'The most that is saved up, in seconds of successes', scenarios: WINDOW_CURVE },
  { part: 'price', title: 'The price of a timeout', scenarios: PRICE_CURVE },
];
