// Figures from the records of calls and of requests. Times are in seconds, except in the records.
import { quantile } from '../../bench/statistics.mjs';

/** Seconds over which a share is taken, and between two looks at it. */
const WINDOW = 2;
const STEP = 0.5;
const RECOVERED = 0.9;

export const begunBetween = (calls, from, to) => calls.filter(({ at }) => at >= from && at < to);

export const shareOf = (records, test) => records.filter(test).length / records.length;

export const isSuccess = (call) => call.isSuccess;

/** Successes per call. */
export const succeeded = (calls) => shareOf(calls, isSuccess);

export const failed = (calls) => shareOf(calls, (call) => !call.isSuccess);

/** The share of the calls that fail although they made fewer than `attempts` requests. */
export function gaveUpEarly(calls, requests, attempts) {
  const counts = new Map();
  for (const { call } of requests) counts.set(call, (counts.get(call) ?? 0) + 1);
  return shareOf(calls, ({ id, isSuccess }) => !isSuccess && (counts.get(id) ?? 0) < attempts);
}

/** Milliseconds within which `share` of the calls succeed. */
export function latency(calls, share) {
  return quantile(
    calls.map(({ isSuccess, milliseconds }) => (isSuccess ? milliseconds : Number.MAX_VALUE)),
    share,
  );
}

/**
 * Seconds from `end` until 90 % of the calls succeed within `limit` seconds again, over 2 s and over all that follow. Infinity
 * if that is never so until `last`.
 */
export function recovery(calls, { end, last, limit }) {
  const isInTime = (call) => call.isSuccess && call.milliseconds <= limit * 1000;
  const isEnough = (from, to) => shareOf(begunBetween(calls, from, to), isInTime) >= RECOVERED;
  for (let from = end; from + WINDOW * 1000 <= last; from += STEP * 1000) {
    if (isEnough(from, from + WINDOW * 1000) && isEnough(from, last)) return (from - end) / 1000;
  }
  return Infinity;
}

/** How many calls succeed in each second from `from`. */
export function goodput(calls, from, seconds) {
  const counts = new Array(seconds).fill(0);
  for (const { at, milliseconds } of calls.filter(isSuccess)) {
    const second = Math.floor((at + milliseconds - from) / 1000);
    if (second >= 0 && second < seconds) counts[second] += 1;
  }
  return counts;
}

/** The fewest and the most requests of any second between `from` and `to`. */
export function ratesBetween(requests, from, to) {
  const counts = [];
  for (let start = from; start + 1000 <= to; start += 100) {
    counts.push(requests.filter(({ at }) => at >= start && at < start + 1000).length);
  }
  return { least: Math.min(...counts), most: Math.max(...counts) };
}
