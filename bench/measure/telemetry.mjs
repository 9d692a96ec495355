import { start } from '../process.mjs';
import { clientOf, folderOf } from '../rows.mjs';
import { shuffled } from '../statistics.mjs';

const BARE = 'the SDK alone';

/**
 * What spans and metrics cost a call, beside the same client in a service whose SDK does nothing for it. Each row has its own process,
 * because an instrumentation cannot be taken out again.
 */
export async function telemetry({ clients, kinds, concurrency, rounds, stretch }, { settings, server, progress }) {
  const milliseconds = settings.slice * stretch;
  const { collections } = settings;
  const rows = clients.flatMap((client) =>
    [BARE, ...kinds].map((kind) => ({ client, kind, name: `${client}: ${kind}` })),
  );
  const workers = new Map();
  try {
    for (const { client, kind, name } of shuffled(rows)) {
      progress.now(`warming up ${name}`);
      const args = [clientOf(client), kind, `http://127.0.0.1:${server.ready}`];
      const worker = await start('worker/telemetry.mjs', args, 1, folderOf(client, settings));
      workers.set(name, worker);
      await worker.ask('prepare', { concurrency, milliseconds: settings.warmUp });
    }
    const samples = Object.fromEntries(rows.map(({ name }) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      progress.now(`round ${round} of ${rounds}`);
      for (const { name } of shuffled(rows)) {
        samples[name].push(await workers.get(name).ask('slice', { concurrency, milliseconds, collections }));
      }
    }
    return costs(samples, rows);
  } finally {
    for (const worker of workers.values()) worker.stop();
  }
}

function costs(samples, rows) {
  const costOf = ({ client, name }) =>
    samples[name].map((sample, round) => ({ ...sample, cost: sample.cpu - samples[`${client}: ${BARE}`][round].cpu }));
  return Object.fromEntries(rows.filter(({ kind }) => kind !== BARE).map((row) => [row.name, costOf(row)]));
}
