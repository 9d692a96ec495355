// Compares what a caller saw with what its plan permits and with what the service counted.
import { RETRY } from '../clients.mjs';
import { faultsOfJournal } from './journal.mjs';
import { faultsOfRequests } from './requests.mjs';

/** Milliseconds that a call may take beyond its limits, on a machine that does other things too. */
const SLACK = 1500;

/** Milliseconds within which a call must settle. @param lag the longest pause of this process so far */
export function timeLimit({ timeout, retryAttempts, deadline, cancelAfter, kind }, lag) {
  const attempts = retryAttempts + 3;
  const wait = Math.max(RETRY.cap, Math.min(RETRY.maxRetryAfter, kind.retryAfter ?? 0));
  const limits = [attempts * (timeout + wait) * 1000, (deadline ?? Infinity) * 1000, cancelAfter ?? Infinity];
  return Math.min(...limits) + SLACK + lag;
}

/**
 * @param outcome of `makeCall`
 * @param record what the service counted
 * @returns the faults, in words
 */
export function judge(plan, outcome, record, lag) {
  const faults = outcome.attempts ? faultsOfJournal(outcome.attempts, plan, SLACK + lag) : [];
  faults.push(...faultsOfRequests(record, outcome, plan), ...faultsOfEnd(outcome, plan));
  const limit = timeLimit(plan, lag);
  if (outcome.milliseconds > limit) faults.push(`it took ${outcome.milliseconds} ms, with a limit of ${limit} ms`);
  if (outcome.listeners > 0) faults.push(`${outcome.listeners} listeners were left on the signal`);
  return faults;
}

function faultsOfEnd({ error, response, value, stream, attempts }, plan) {
  if (error) return faultsOfError(error, attempts, plan);
  if (value !== undefined) return [...faultsOfValue(value, plan), ...(attempts ? faultsOfSuccess(attempts) : [])];
  if (!response) return ['it resolved without a value'];
  const faults = [...faultsOfSuccess(attempts, response.status), ...faultsOfOwner(response, plan)];
  if (plan.isStream) faults.push(...faultsOfStream(stream, plan));
  else if (plan.method !== 'HEAD') faults.push(...faultsOfBody(response.data, plan));
  return faults;
}

/** @param status of the response, if the caller got to see it */
function faultsOfSuccess(attempts, status) {
  const last = attempts.at(-1);
  if (last?.decision === 'done' && last.outcome === (status ?? last.outcome)) return [];
  return [`it succeeded with ${status ?? 'a value'}, and the journal ends with ${last?.outcome}`];
}

function faultsOfError({ code, status, retries, response, phase, sent }, attempts, plan) {
  if (!Array.isArray(attempts)) return [`it rejected with an error without a journal: ${code}`];
  const faults = [];
  const last = attempts.at(-1);
  const made = attempts.slice(0, -1).filter(({ decision }) => decision === 'retry').length;
  if (retries !== made) faults.push(`the exception tells of ${retries} retries, the journal of ${made}`);
  if (!isEndOf(last, code, status, plan))
    faults.push(`it rejected with ${code}, and the journal ends with ${last?.outcome}`);
  const isWhereItMayBe = phase === 'body' ? !isOnly(code, plan, 'beforeBody') : !isOnly(code, plan, 'afterHead');
  if (phase !== undefined && !isWhereItMayBe) faults.push(`the phase of ${code} is ${phase}`);
  if ((phase === 'body' || status !== undefined) && sent !== 'yes')
    faults.push(`there was a response, and sent is ${sent}`);
  if (response && plan.permitted.attempts.has(response.status)) faults.push(...faultsOfOwner(response, plan));
  return faults;
}

/** Whether a failure may be in one part of the response and not in the other. */
function isOnly(code, { permitted }, part) {
  const other = part === 'afterHead' ? 'beforeBody' : 'afterHead';
  // A timeout may come before all that the service does.
  if (code === 'TIMEOUT') return false;
  return permitted[part].has(code) && !permitted[other].has(code);
}

/** Whether an exception is what the last line of the journal leads to. */
function isEndOf(last, code, status, { kind, way, cancelAfter, deadline }) {
  if (code === 'CANCELLED') return cancelAfter !== undefined;
  if (code === 'DEADLINE_EXCEEDED') return deadline !== undefined;
  if (last?.decision === 'done') return way === 'json' && code === kind.json;
  return last?.decision === 'fail' && (last.outcome === code || last.outcome === status);
}

/** A response must not be that of another call. */
function faultsOfOwner({ headers }, { index }) {
  const owner = headers['x-storm-id'];
  return owner === String(index) ? [] : [`the response was that of call ${owner}`];
}

function faultsOfStream({ end, text }, plan) {
  if (end === 'destroyed') return [];
  if (!plan.permitted.streams.has(end)) return [`its stream ended with ${end}`];
  return end === 'end' && text !== undefined && plan.method !== 'HEAD' ? faultsOfBody(text, plan) : [];
}

function faultsOfBody(data, plan) {
  if (plan.kind.body === 'other') return [];
  try {
    return faultsOfValue(typeof data === 'string' ? JSON.parse(data) : data, plan);
  } catch {
    return [`its body was ${JSON.stringify(String(data).slice(0, 60))}`];
  }
}

function faultsOfValue(value, { index, kind }) {
  if (kind.body !== 'other' && value?.id === index) return [];
  return [`its value was ${JSON.stringify(value)?.slice(0, 60)}`];
}
