// Runs as many jobs at once as the machine has room for.
import { availableParallelism } from 'node:os';

export const ROOM = availableParallelism();

/** @param jobs each with a `weight`: the cores that it takes. They begin in their order. */
export async function runAtOnce(jobs, work) {
  let room = ROOM;
  const underWay = new Set();
  for (const job of jobs) {
    const weight = Math.min(job.weight, ROOM);
    while (room < weight - 1e-9) await Promise.race(underWay);
    room -= weight;
    const run = work(job).finally(() => {
      room += weight;
      underWay.delete(run);
    });
    // Promise.race and Promise.all report it.
    run.catch(() => {});
    underWay.add(run);
  }
  await Promise.all(underWay);
}
