import { start } from '../process.mjs';
import { buildOf, folderOf, workerOf } from '../rows.mjs';
import { shuffled } from '../statistics.mjs';

/**
 * What features cost a call, over a transport that responds at once: on the wire the difference would be lost in noise. The first
 * row is what the others are compared with. Each row has its own process: once an AsyncLocalStorage has been used, every
 * promise of the process costs more.
 */
export async function instant({ clients, rows: names, concurrency, rounds, stretch }, { settings, progress }) {
  const milliseconds = settings.slice * stretch;
  const { collections } = settings;
  const rows = clients.flatMap((client) => names.map((name) => nameOf(name, buildOf(client))));
  const workers = new Map();
  try {
    for (const row of shuffled(rows)) {
      progress.now(`warming up ${row}`);
      const worker = await start('worker/instant.mjs', [row.split('@')[0]], 1, folderOf(row, settings));
      workers.set(row, worker);
      await worker.ask('prepare', { concurrency, milliseconds: settings.warmUp });
    }
    const samples = Object.fromEntries(rows.map((row) => [row, []]));
    for (let round = 1; round <= rounds; round++) {
      progress.now(`round ${round} of ${rounds}`);
      for (const row of shuffled(rows))
        samples[row].push(await workers.get(row).ask('slice', { concurrency, milliseconds, collections }));
    }
    return costs(samples, names[0]);
  } finally {
    for (const worker of workers.values()) worker.stop();
  }
}

const nameOf = (name, build) => (build === undefined ? name : `${name}@${build}`);

function costs(samples, bare) {
  const costOf = (row, base) =>
    samples[row].map((sample, round) => ({ ...sample, cost: sample.cpu - base[round].cpu }));
  const rows = Object.keys(samples).filter((row) => workerOf(row).split('@')[0] !== bare);
  return Object.fromEntries(rows.map((row) => [row, costOf(row, samples[nameOf(bare, buildOf(row))])]));
}
