// What must not be left when all calls have settled: sockets, timers, listeners, memory.
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds within which closed clients let go of everything. */
const PATIENCE = 2000;

/** Bytes of heap per call that are not a leak: what V8 compiles and learns, and the journal of this run. */
const GROWTH_PER_CALL = 400;
const GROWTH = 4_000_000;

/** What keeps the process alive, by name. */
export function activeResources() {
  // They are opened when they are first asked for.
  void [process.stdout, process.stderr];
  const counts = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Closes everything. @returns what was left */
export async function findLeaks({ clients, service, before }) {
  const faults = clients.sharedSignals.flatMap((signal) => {
    const { length } = getEventListeners(signal, 'abort');
    return length > 0 ? [`${length} listeners were left on a signal that calls shared`] : [];
  });
  clients.close();
  if (!(await within(PATIENCE, () => service.openSockets === 0))) {
    faults.push(`${service.openSockets} sockets were left ${PATIENCE / 1000} s after the clients were closed`);
  }
  if (!(await within(PATIENCE, () => clients.underWay === 0))) {
    faults.push(`${clients.underWay} attempts still count as under way`);
  }
  await service.stop();
  const isQuiet = await within(PATIENCE, () => leftOver(before).length === 0);
  if (!isQuiet) faults.push(`these were left: ${leftOver(before).join(', ')}`);
  return faults;
}

/** Bytes on the heap after a collection. */
export async function liveHeap() {
  if (!globalThis.gc) return undefined;
  // A second one collects what finalizers have let go of.
  for (let pass = 0; pass < 3; pass++) {
    globalThis.gc();
    await sleep(20);
  }
  return process.memoryUsage().heapUsed;
}

/** @param heaps after each half of the calls */
export function faultsOfGrowth([first, second], calls) {
  const growth = second - first;
  const limit = GROWTH + (GROWTH_PER_CALL * calls) / 2;
  if (!(growth > limit)) return [];
  return [`the heap grew by ${kilobytes(growth)} in the second half of the calls, with a limit of ${kilobytes(limit)}`];
}

export const kilobytes = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;

/** What keeps the process alive now and did not before; `sleep` below adds a timer. */
function leftOver(before) {
  return Object.entries(activeResources()).flatMap(([name, count]) => {
    const more = count - (before[name] ?? 0);
    return more > 0 ? [`${more} ${name}`] : [];
  });
}

async function within(milliseconds, condition) {
  const end = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}
