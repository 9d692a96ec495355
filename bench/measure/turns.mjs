import { shuffled } from '../statistics.mjs';

/**
 * Rows take turns, in a new random order each round, and each time in a new process: V8 compiles the same code differently in each,
 * so one process says what it was lucky with. Only one lives at a time, because a virtual machine slows down what has waited.
 *
 * @param processOf rows with the same one share a process
 * @param open starts the process of a row
 * @param prepare is called for each row of a new process
 * @param measure gives the sample of a round
 * @returns the samples of each row
 */
export async function turns(rows, rounds, progress, { processOf = (row) => row, open, prepare, measure }) {
  const samples = Object.fromEntries(rows.map((row) => [row, []]));
  const groups = [...new Set(rows.map(processOf))].map((process) => rows.filter((row) => processOf(row) === process));
  for (let round = 1; round <= rounds; round++) {
    for (const group of shuffled(groups)) {
      progress.now(`round ${round} of ${rounds}: ${processOf(group[0])}`);
      const worker = await open(group[0]);
      try {
        for (const row of group) await prepare(worker, row);
        for (const row of shuffled(group)) samples[row].push(await measure(worker, row));
      } finally {
        worker.stop();
      }
    }
  }
  return samples;
}
