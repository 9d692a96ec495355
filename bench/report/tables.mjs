// The table of a scenario: rows of cells, of which the first row is the header.
import { labelOf, OURS } from '../clients.mjs';
import { median, ratioOf, spreadOf } from '../statistics.mjs';
import { number, short, spread } from './format.mjs';

/** A row per client, best first. */
export function scenarioTable(scenario) {
  const columns = scenario.metric.key === 'rate' ? rateColumns(scenario) : [plainColumn(scenario)];
  const rows = ranked(scenario).map(({ row }) => [labelOf(row), ...columns.map(({ cell }) => cell(row))]);
  return [['Client', ...columns.map(({ head }) => head)], ...rows];
}

/** The value of each row, best first; rows of extra plugins are ordered by their number. */
export function ranked({ samples, metric, measure }) {
  const { key, factor = 1, isMoreBetter } = metric;
  const figures = Object.entries(samples).map(([row, of]) => {
    return { row, figure: median(of.map((sample) => sample[key])) * factor };
  });
  if (measure === 'plugins' || measure === 'telemetry') return figures;
  return figures.sort((a, b) => (isMoreBetter ? b.figure - a.figure : a.figure - b.figure));
}

/** How busy the service was at most: near 100 %, it was the bottleneck. Empty if it was not measured. */
export function serviceLoad({ samples }) {
  const shares = Object.values(samples).map((of) => median(of.map(({ service }) => service)));
  const most = Math.max(...shares);
  return Number.isNaN(most) ? '' : `The service was busy for at most ${number(most * 100)} % of the time.`;
}

function rateColumns({ samples, metric }) {
  const { unit, digits, factor = 1 } = metric;
  const middle = (row, key) => median(samples[row].map((sample) => sample[key]));
  return [
    { head: unit, cell: (row) => number(middle(row, 'rate') * factor, digits) },
    { head: 'CPU µs per request', cell: (row) => number(middle(row, 'cpu')) },
    { head: 'p50 ms', cell: (row) => short(middle(row, 'p50')) },
    { head: 'p99 ms', cell: (row) => short(middle(row, 'p99')) },
    ...OURS.filter((client) => samples[client]).map((client) => ({
      head: `${labelOf(client)}, is × this`,
      cell: (row) => (row === client ? '' : spread(ratioOf(samples, client, row, 'rate'))),
    })),
  ];
}

function plainColumn({ samples, metric }) {
  const { key, unit, digits, factor = 1 } = metric;
  const cell = (row) => {
    const figures = spreadOf(samples[row].map((sample) => sample[key] * factor));
    return samples[row].length === 1 ? number(figures.middle, digits) : spread(figures, digits);
  };
  return { head: unit, cell };
}
