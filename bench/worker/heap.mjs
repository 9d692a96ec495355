import { setTimeout } from 'node:timers/promises';

/** Bytes of live objects. A second collection removes what finalizers and closed sockets leave behind. */
export async function liveHeap() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await setTimeout(10);
  }
  return process.memoryUsage().heapUsed;
}
