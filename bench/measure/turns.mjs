import { shuffled } from '../statistics.mjs';

/**
 * Rows take turns, in a new random order each round. They begin anew in other processes several times, because V8 compiles the same
 * code differently in each: one process says what it was lucky with.
 *
 * @param processOf rows with the same one share a process
 * @param open starts the process of a row
 * @param prepare is called for each row in each new process
 * @param measure gives the sample of a round
 * @returns the samples of each row
 */
export async function turns(
  rows,
  { rounds, processes },
  progress,
  { processOf = (row) => row, open, prepare, measure },
) {
  const samples = Object.fromEntries(rows.map((row) => [row, []]));
  const perProcess = Math.ceil(rounds / processes);
  const workers = new Map();
  const stop = () => {
    for (const worker of workers.values()) worker.stop();
    workers.clear();
  };
  const begin = async () => {
    stop();
    // Who is warmed up first waits longest, and a virtual machine slows down what waits.
    for (const row of shuffled(rows)) {
      progress.now(`warming up ${row}`);
      if (!workers.has(processOf(row))) workers.set(processOf(row), await open(row));
      await prepare(workers.get(processOf(row)), row);
    }
  };
  try {
    for (let round = 0; round < rounds; round++) {
      if (round % perProcess === 0) await begin();
      progress.now(`round ${round + 1} of ${rounds}`);
      for (const row of shuffled(rows)) samples[row].push(await measure(workers.get(processOf(row)), row));
    }
    return samples;
  } finally {
    stop();
  }
}
