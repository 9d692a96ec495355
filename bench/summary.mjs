// What is kept of the samples of a scenario: medians and quartiles, and the ratios between its rows.
import { OURS } from './clients.mjs';
import { median, ratioOf, rounded, spreadOf } from './statistics.mjs';

/** Ours, and the client that shows what the transport itself costs. */
const PAIRS = [
  ['hdms-http', 'raw-http'],
  ['hdms-undici', 'undici-request'],
];

/** Which of our rows are compared with which other row in all figures, and not in the first one only. */
export const pairsOf = ({ pairs = PAIRS }) => pairs;

/** @param samples by row: the figures of each round, in the same order of rounds for all rows */
export function summaryOf(scenario, samples) {
  const { name, title, figures } = scenario;
  const keys = figures.map(({ key }) => key);
  const rows = Object.entries(samples).map(([row, of]) => [row, figuresOf(of, keys)]);
  const service = serviceLoad(samples);
  return {
    name,
    title,
    rows: Object.fromEntries(rows),
    ratios: ratiosOf(scenario, samples, keys),
    ...(service !== undefined && { service }),
  };
}

function figuresOf(samples, keys) {
  const spreads = keys.map((key) => [key, spreadOf(samples.map((sample) => sample[key])).map(rounded)]);
  return Object.fromEntries(spreads);
}

/** Ours divided by each of the others. */
function ratiosOf(scenario, samples, keys) {
  const isPair = (row, other) => pairsOf(scenario).some((pair) => pair[0] === row && pair[1] === other);
  const ratios = (row, other) => {
    const compared = isPair(row, other) ? keys : keys.slice(0, 1);
    return Object.fromEntries(compared.map((key) => [key, ratioOf(samples, row, other, key).map(rounded)]));
  };
  const toOthers = (row) => {
    const others = Object.keys(samples).filter((other) => other !== row);
    return Object.fromEntries(others.map((other) => [other, ratios(row, other)]));
  };
  const ours = OURS.filter((row) => samples[row]);
  return Object.fromEntries(ours.map((row) => [row, toOthers(row)]));
}

/** How busy the service was at most: near 1, it was the bottleneck. `undefined` if it was not measured. */
function serviceLoad(samples) {
  const shares = Object.values(samples).map((of) => median(of.map(({ service }) => service)));
  const most = Math.max(...shares);
  return Number.isNaN(most) ? undefined : rounded(most);
}
