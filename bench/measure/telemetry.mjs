import { start } from '../process.mjs';
import { clientOf, folderOf, workerOf } from '../rows.mjs';
import { turns } from './turns.mjs';

const BARE = 'the SDK alone';

/**
 * What spans and metrics cost a call, beside the same client in a service whose SDK does nothing for it. Each row has its own process,
 * because an instrumentation cannot be taken out again.
 */
export async function telemetry(scenario, { settings, server, progress }) {
  const { clients, kinds, concurrency, stretch } = scenario;
  const { warmUp, slice } = settings;
  const rows = clients.flatMap((client) => [BARE, ...kinds].map((kind) => `${client}: ${kind}`));
  const argsOf = (row) => [clientOf(row), kindOf(row), `http://127.0.0.1:${server.ready}`];
  const samples = await turns(rows, scenario.rounds, progress, {
    open: (row) => start('worker/telemetry.mjs', argsOf(row), 1, folderOf(row, settings)),
    prepare: (worker) => worker.ask('prepare', { concurrency, milliseconds: warmUp }),
    measure: (worker) => worker.ask('slice', { concurrency, milliseconds: slice * stretch }),
  });
  return costs(samples);
}

const kindOf = (row) => row.split(': ')[1];

function costs(samples) {
  const costOf = (row) => {
    const bare = samples[`${workerOf(row)}: ${BARE}`];
    return samples[row].map((sample, round) => ({ ...sample, cost: sample.cpu - bare[round].cpu }));
  };
  const rows = Object.keys(samples).filter((row) => kindOf(row) !== BARE);
  return Object.fromEntries(rows.map((row) => [row, costOf(row)]));
}
