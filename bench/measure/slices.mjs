import { workerOf } from '../rows.mjs';
import { shuffled } from '../statistics.mjs';

/** Short slices, one client at a time, in a new order each round. */
export async function slices(scenario, bench, rows = scenario.clients, optionsOf = () => scenario.options) {
  const { kind, concurrency, rounds, stretch = 1, isAlone } = scenario;
  const { pool, settings, progress } = bench;
  const { warmUp, warmCalls } = { ...settings, ...scenario };
  const { collections } = settings;
  const milliseconds = settings.slice * stretch;
  // Who is warmed up first waits longest, and a virtual machine slows down what waits.
  for (const row of shuffled(rows)) {
    progress.now(`warming up ${row}`);
    const worker = await pool.get(workerOf(row), isAlone);
    await worker.ask('prepare', { row, kind, concurrency, warmUp, calls: warmCalls, options: optionsOf(row) });
  }
  const samples = Object.fromEntries(rows.map((row) => [row, []]));
  for (let round = 1; round <= rounds; round++) {
    progress.now(`round ${round} of ${rounds}`);
    for (const row of shuffled(rows)) {
      const worker = await pool.get(workerOf(row), isAlone);
      samples[row].push(await slice(bench, worker, { row, concurrency, milliseconds, collections }));
    }
  }
  return samples;
}

/** @returns what the worker measured, and how busy the service was: near 1, the service was the bottleneck */
async function slice({ server }, worker, options) {
  const [cpu, from] = [await server.ask('cpu'), performance.now()];
  const sample = await worker.ask('slice', options);
  const elapsed = (performance.now() - from) * 1000;
  return { ...sample, service: ((await server.ask('cpu')) - cpu) / elapsed };
}
