import { start } from '../process.mjs';
import { shuffled } from '../statistics.mjs';

/**
 * What an inbound context costs a call. Measured over a transport that responds at once, because on the wire the
 * difference would be lost in noise.
 * Each row has its own process: once an AsyncLocalStorage has been used, every promise of the process costs more.
 */
export async function context({ rows, concurrency, rounds, stretch }, { settings, progress }) {
  const milliseconds = settings.slice * stretch;
  const workers = new Map();
  try {
    for (const row of rows) {
      progress.now(`warming up ${row}`);
      const worker = await start('worker/context.mjs', [row], 1);
      workers.set(row, worker);
      await worker.ask('slice', { concurrency, milliseconds: settings.warmUp });
    }
    const samples = Object.fromEntries(rows.map((row) => [row, []]));
    for (let round = 1; round <= rounds; round++) {
      progress.now(`round ${round} of ${rounds}`);
      for (const row of shuffled(rows))
        samples[row].push(await workers.get(row).ask('slice', { concurrency, milliseconds }));
    }
    return costs(samples, rows);
  } finally {
    for (const worker of workers.values()) worker.stop();
  }
}

function costs(samples, [bare, ...others]) {
  const costOf = (row) =>
    samples[row].map((sample, round) => ({ ...sample, cost: sample.cpu - samples[bare][round].cpu }));
  return Object.fromEntries(others.map((row) => [row, costOf(row)]));
}
