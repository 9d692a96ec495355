import { start } from '../process.mjs';
import { buildOf, folderOf, workerOf } from '../rows.mjs';
import { turns } from './turns.mjs';

/**
 * What features cost a call, over a transport that responds at once: on the wire the difference would be lost in noise. The first
 * row is what the others are compared with. Each row has its own process: once an AsyncLocalStorage has been used, every
 * promise of the process costs more.
 */
export async function instant(scenario, { settings, progress }) {
  const { clients, rows: names, concurrency, stretch } = scenario;
  const { warmUp, slice } = settings;
  const rows = clients.flatMap((client) => names.map((name) => nameOf(name, buildOf(client))));
  const samples = await turns(rows, scenario.rounds, progress, {
    open: (row) => start('worker/instant.mjs', [row.split('@')[0]], 1, folderOf(row, settings)),
    prepare: (worker) => worker.ask('prepare', { concurrency, milliseconds: warmUp }),
    measure: (worker) => worker.ask('slice', { concurrency, milliseconds: slice * stretch }),
  });
  return costs(samples, names[0]);
}

const nameOf = (name, build) => (build === undefined ? name : `${name}@${build}`);

function costs(samples, bare) {
  const costOf = (row, base) =>
    samples[row].map((sample, round) => ({ ...sample, cost: sample.cpu - base[round].cpu }));
  const rows = Object.keys(samples).filter((row) => workerOf(row).split('@')[0] !== bare);
  return Object.fromEntries(rows.map((row) => [row, costOf(row, samples[nameOf(bare, buildOf(row))])]));
}
