// What remains on the heap after many calls.
import { liveHeap } from './heap.mjs';
import { runTimes } from './load.mjs';

/** Bytes by which the heap grows over `count` calls. */
export async function grow(task, concurrency, count) {
  const before = await liveHeap();
  await runTimes(task, concurrency, count);
  return (await liveHeap()) - before;
}
