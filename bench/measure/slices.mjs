import { workerOf } from '../rows.mjs';
import { openWorker } from './open-worker.mjs';
import { turns } from './turns.mjs';

/** Calls of each client for a short time. */
export function slices(scenario, bench, rows = scenario.clients, optionsOf = () => scenario.options) {
  const { kind, concurrency, warmth = 1, stretch = 1, isAlone } = scenario;
  const { warmUp, warmCalls, slice } = bench.settings;
  const calls = warmCalls * warmth;
  const milliseconds = slice * stretch;
  return turns(rows, scenario.rounds, bench.progress, {
    processOf: workerOf,
    open: (row) => openWorker(row, bench, isAlone),
    prepare: (worker, row) => worker.ask('prepare', { row, kind, concurrency, warmUp, calls, options: optionsOf(row) }),
    measure: (worker, row) => measured(bench.server, worker, { row, concurrency, milliseconds }),
  });
}

/** @returns what the worker measured, and how busy the service was: near 1, the service was the bottleneck */
async function measured(server, worker, options) {
  const [cpu, from] = [await server.ask('cpu'), performance.now()];
  const sample = await worker.ask('slice', options);
  const elapsed = (performance.now() - from) * 1000;
  return { ...sample, service: ((await server.ask('cpu')) - cpu) / elapsed };
}
