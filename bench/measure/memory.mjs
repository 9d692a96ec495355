// Memory that stays on the heap, in workers that have done nothing else.
import { setTimeout } from 'node:timers/promises';
import { shuffled } from '../statistics.mjs';
import { openWorker } from './open-worker.mjs';

const WARM_UP = { kind: 'small', concurrency: 50 };
/** Milliseconds in which every call must reach the service. */
const PATIENCE = 60_000;

export const inFlight = (scenario, bench) =>
  eachAlone(scenario, bench, async (worker, row) => {
    await worker.ask('fill', { row, count: scenario.count });
    await allHeld(bench.server, scenario.count);
    const heap = await worker.ask('weigh');
    await bench.server.ask('release');
    await worker.ask('drain');
    return { heap };
  });

export const growth = (scenario, bench) =>
  eachAlone(scenario, bench, async (worker, row) => {
    const { concurrency, count } = scenario;
    await worker.ask('run', { row, concurrency, count: count / 10 });
    return { heap: await worker.ask('grow', { row, concurrency, count }) };
  });

async function eachAlone({ clients, rounds, options }, bench, probe) {
  const { settings, progress } = bench;
  const samples = Object.fromEntries(clients.map((client) => [client, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const row of shuffled(clients)) {
      progress.now(`round ${round} of ${rounds}: ${row}`);
      const worker = await openWorker(row, bench);
      await worker.ask('prepare', { ...WARM_UP, row, warmUp: settings.warmUp, options });
      samples[row].push(await probe(worker, row));
      worker.stop();
    }
  }
  return samples;
}

async function allHeld(server, count) {
  const end = performance.now() + PATIENCE;
  while ((await server.ask('held')) < count) {
    if (performance.now() > end) throw new Error(`fewer than ${count} calls reached the service`);
    await setTimeout(20);
  }
}
