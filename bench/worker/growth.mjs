// What is left on the heap after many calls.
import { liveHeap } from './heap.mjs';
import { runTimes } from './load.mjs';

/** Bytes by which the heap is larger after `count` calls than before. */
export async function grow(task, concurrency, count) {
  const before = await liveHeap();
  await runTimes(task, concurrency, count);
  return (await liveHeap()) - before;
}
