// What a call may come to, by the kind that it meets.
import { BROKEN } from '../kinds/kind.mjs';

/**
 * @param plan of the call
 * @returns `attempts`: the outcomes in its journal; `streams`: the ends of its response's stream; `beforeBody` and `afterHead`:
 *   where a failure belongs; `requests`: the least and the most that the service counts per attempt
 */
export function permittedFor(plan) {
  const { kind, misbehaves, hasShortTimeout } = plan;
  const outcomes = [...valueOf(kind.may, plan), ...(misbehaves === Infinity ? [] : [200])];
  const afterHead = new Set(outcomes.filter(isInBody).map(({ code }) => code));
  const beforeBody = new Set(outcomes.filter((outcome) => !isInBody(outcome)));
  const attempts = new Set(outcomes.map((outcome) => attemptOf(outcome, plan)));
  const streams = new Set(outcomes.flatMap((outcome) => streamOf(outcome, plan)));
  // axios's adapter does not tell a stale connection from a broken one.
  if (kind.closes) for (const code of plan.transport === 'axios' ? BROKEN : ['STALE_CONNECTION']) attempts.add(code);
  // A healthy response may be too late for a short timeout.
  if (hasShortTimeout) attempts.add('TIMEOUT');
  for (const code of interruptionsOf(plan)) {
    attempts.add(code);
    streams.add(code);
  }
  const requests = [valueOf(kind.requests ?? 1, plan)].flat();
  return { attempts, streams, afterHead, beforeBody, requests: [requests.at(0), requests.at(-1)] };
}

const isInBody = (outcome) => typeof outcome === 'object';

function attemptOf(outcome, { method, isStream }) {
  if (!isInBody(outcome)) return outcome;
  return isStream || method === 'HEAD' ? 200 : outcome.code;
}

function streamOf(outcome, { method }) {
  if (isInBody(outcome)) return [method === 'HEAD' ? 'end' : outcome.code];
  return outcome < 400 ? ['end'] : [];
}

function interruptionsOf({ cancelAfter, deadline }) {
  return [
    ...(cancelAfter === undefined ? [] : ['CANCELLED']),
    ...(deadline === undefined ? [] : ['DEADLINE_EXCEEDED']),
  ];
}

function valueOf(given, plan) {
  return typeof given === 'function' ? given(plan) : given;
}
