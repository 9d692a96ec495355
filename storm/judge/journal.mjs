// Whether each line of a journal, and what followed it, is within the rules.
import { BROKEN } from '../kinds/kind.mjs';
import { permittedDecisions, waitAfter } from './rules.mjs';

/** Milliseconds by which timers and dates are inexact. */
const INEXACT = 5;

const STALE = 'STALE_CONNECTION';
/** Seconds after which a connection that breaks no longer counts as stale. A busy process may notice it as late as that. */
const LATE = 0.9;

/** @returns the faults of a journal */
export function faultsOfJournal(lines, plan, slack) {
  return lines.flatMap((line, index) => faultsOfLine(line, lines.slice(0, index), lines[index + 1], plan, slack));
}

function faultsOfLine(line, before, next, plan, slack) {
  const number = `attempt ${before.length + 1}`;
  const { outcome, decision, reason } = line;
  if (!isPermitted(line, plan)) return [`${number} ended with ${outcome}`];
  const faults = [];
  const permitted = permittedDecisions(line, before, plan);
  // Without a reason: the call ended while its attempt was under way.
  const isEarly = decision === 'fail' && reason === undefined && ['CANCELLED', 'DEADLINE_EXCEEDED'].includes(outcome);
  if (!isEarly && !permitted.includes(`${decision} ${reason}`)) {
    faults.push(
      `${number} (${outcome}) was followed by "${decision} ${reason}" instead of "${permitted.join('" or "')}"`,
    );
  }
  // The attempt after a stale connection goes over a new one. After a redirect, that has served a request already.
  const isSingle = plan.permitted.requests[1] <= 1;
  if (isSingle && outcome === STALE && before.at(-1)?.outcome === STALE) faults.push(`${number} was stale again`);
  if (decision === 'retry') faults.push(...faultsOfWait(line, before, next, plan, number));
  if (next && decision !== 'retry' && decision !== 'replay') faults.push(`${number} was the last, and one followed`);
  return [...faults, ...faultsOfTime(line, plan, slack, number)];
}

function isPermitted({ outcome, elapsed }, { kind, permitted }) {
  if (permitted.attempts.has(outcome)) return true;
  return kind.closes && BROKEN.includes(outcome) && elapsed > LATE;
}

function faultsOfWait({ outcome, wait, startedAt, elapsed }, before, next, { kind }, number) {
  const expected = waitAfter(outcome, before.filter(({ decision }) => decision === 'retry').length, kind);
  if (Math.abs(wait - expected) > 1e-6) return [`${number} waited ${wait} s instead of ${expected} s`];
  if (!next) return [];
  const waited = next.startedAt - startedAt - elapsed * 1000;
  return waited < wait * 1000 - INEXACT ? [`${number} waited ${waited} ms instead of ${wait * 1000} ms`] : [];
}

function faultsOfTime({ outcome, elapsed }, { timeout }, slack, number) {
  const milliseconds = elapsed * 1000;
  const limit = timeout * 1000;
  if (milliseconds > limit + slack) return [`${number} took ${milliseconds} ms, with a timeout of ${limit} ms`];
  if (outcome === 'TIMEOUT' && milliseconds < limit - INEXACT) return [`${number} timed out after ${milliseconds} ms`];
  return [];
}
