// Keeps a number of calls in progress, and measures them.
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Milliseconds, and collections of the young generation, since the start of the process. */
let collecting = 0;
let collections = 0;
const add = (entries) => {
  collections += entries.filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MINOR).length;
  return (collecting += entries.reduce((sum, { duration }) => sum + duration, 0));
};
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ entryTypes: ['gc'] });

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

/**
 * As `runFor`, in a process that has waited for its turn. Meanwhile others have used the processor's caches, V8 has shrunk its heap, the
 * service may have closed connections, and a virtual machine may have taken memory back, which returns at 15 to 20 µs a page. A service
 * at work does not wait, so the beginning is not measured: a quarter of the time, or longer.
 *
 * @param atLeast collections of the young generation in the beginning; after two, both of its halves have been used
 */
export async function runSettled(task, concurrency, milliseconds, atLeast) {
  const [begin, enough] = [performance.now(), collections + atLeast];
  const hasLasted = (time) => performance.now() - begin >= time;
  // Not for ever: a task may make little garbage.
  do await runFor(task, concurrency, milliseconds / 16);
  while (!hasLasted(milliseconds / 4) || (collections < enough && !hasLasted(10 * milliseconds)));
  return runFor(task, concurrency, (milliseconds * 3) / 4);
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
