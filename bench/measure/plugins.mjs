import { workerOf } from '../rows.mjs';
import { slices } from './slices.mjs';

/** What an extra plugin costs. The same client without plugins runs in the same process and the same rounds. */
export async function plugins(scenario, bench) {
  const { clients, counts } = scenario;
  const rows = clients.flatMap((client) => [0, ...counts].map((count) => `${client}+${count}`));
  const measured = await slices(scenario, bench, rows, (row) => ({ plugins: countOf(row) }));
  return Object.fromEntries(
    rows.filter(countOf).map((row) => [row, costs(measured[row], measured[`${workerOf(row)}+0`], countOf(row))]),
  );
}

function countOf(row) {
  return Number(row.split('+')[1]);
}

function costs(extended, bare, count) {
  return extended.map((sample, round) => ({ ...sample, cost: (sample.cpu - bare[round].cpu) / count }));
}
