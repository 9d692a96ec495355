// Whether the service counted as many requests as the journal has attempts, and none beyond the rules.
import { isUnsafe } from './rules.mjs';

/** An attempt with one of these outcomes may have ended before its request arrived. */
const UNCERTAIN = new Set([
  ...['TIMEOUT', 'DEADLINE_EXCEEDED', 'CANCELLED', 'STALE_CONNECTION'],
  ...['CONNECTION_REFUSED', 'HOST_NOT_FOUND', 'CONNECTION_FAILED'],
]);

/** @returns the faults of what the service counted */
export function faultsOfRequests({ requests, firstHop, keys, complaints }, { attempts, error }, plan) {
  const faults = [...complaints];
  const [least, most] = permittedRequests(attempts, plan);
  if (requests < least || requests > most) {
    faults.push(
      `the service counted ${requests} requests instead of ${least === most ? least : `${least} to ${most}`}`,
    );
  }
  if (isUnsafe(plan)) faults.push(...faultsOfRepetition({ firstHop, keys }, plan));
  if (error?.sent === 'no') {
    const isLastMissing = ['retry', 'replay'].includes(attempts.at(-1)?.decision);
    const [, mostBefore] = rangeOf(isLastMissing ? attempts : attempts.slice(0, -1), plan);
    if (requests > mostBefore) faults.push('the exception says that the last request was not sent, and it was');
  }
  return faults;
}

/** The least and the most requests for these attempts, which are unknown for some values of getJson, postJson and putJson. */
export function permittedRequests(attempts, plan) {
  if (attempts) return rangeOf(attempts, plan);
  const [, most] = plan.permitted.requests;
  return [1, most * (plan.retryAttempts + 3)];
}

function faultsOfRepetition({ firstHop, keys }, { unsafeMethods, kind }) {
  const faults = [];
  // A service that rejects a token has not carried out the request.
  const permitted = kind.tokenRefused ? 2 : 1;
  if (unsafeMethods !== 'always' && firstHop > permitted) {
    faults.push(`the service was asked ${firstHop} times, with unsafeMethods: '${unsafeMethods}'`);
  }
  if (keys.size > 1 || keys.has(undefined)) faults.push(`the idempotency keys were ${[...keys].join(', ')}`);
  return faults;
}

function rangeOf(attempts, plan) {
  const ranges = attempts.map(({ outcome }) => requestsOf(outcome, plan));
  return [0, 1].map((end) => ranges.reduce((sum, range) => sum + range[end], 0));
}

function requestsOf(outcome, { permitted, misbehaves }) {
  const [least, most] = permitted.requests;
  if (UNCERTAIN.has(outcome)) return [0, most];
  return misbehaves === Infinity ? [least, most] : [Math.min(1, least), Math.max(1, most)];
}
