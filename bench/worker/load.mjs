// Keeps a number of calls in progress, and measures them.
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { RAMP } from '../settings.mjs';

/** Milliseconds since the start of the process. */
let collecting = 0;
const add = (entries) => (collecting += entries.reduce((sum, { duration }) => sum + duration, 0));
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ entryTypes: ['gc'] });

/** Makes calls until the code of the client is compiled, one at a time at first. */
export async function warmUp(task, concurrency, milliseconds, atLeast) {
  await runFor(task, 1, milliseconds * RAMP);
  await runFor(task, concurrency, milliseconds, atLeast);
}

/**
 * Makes calls for a number of milliseconds, and waits for the last ones.
 *
 * @param atLeast continues until so many calls have ended
 */
export async function runFor(task, concurrency, milliseconds, atLeast = 0) {
  const latencies = [];
  const collected = await collectedSoFar();
  const end = performance.now() + milliseconds;
  const cpu = process.cpuUsage();
  const from = performance.now();
  await allOf(concurrency, async () => {
    do {
      const start = performance.now();
      await task();
      latencies.push(performance.now() - start);
    } while (performance.now() < end || latencies.length < atLeast);
  });
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...summaryOf(latencies),
    rate: latencies.length / seconds,
    cpu: (user + system) / latencies.length,
    gc: (((await collectedSoFar()) - collected) * 1000) / latencies.length,
    seconds,
  };
}

/** Makes a number of calls. */
export async function runTimes(task, concurrency, count) {
  let left = count;
  await allOf(concurrency, async () => {
    while (left-- > 0) await task();
  });
}

async function allOf(count, loop) {
  await Promise.all(Array.from({ length: count }, loop));
}

/** Node hands out the entries of a collection in the next turn of the event loop. */
async function collectedSoFar() {
  await setImmediate();
  return add(observer.takeRecords());
}

function summaryOf(latencies) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99) };
}
