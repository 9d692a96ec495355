import { setTimeout } from 'node:timers/promises';

/** Bytes of live objects. What finalizers and closed sockets leave behind is gone after a second collection. */
export async function liveHeap() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await setTimeout(10);
  }
  return process.memoryUsage().heapUsed;
}
