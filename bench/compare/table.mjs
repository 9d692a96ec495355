// What a comparison prints: the ratios of the working tree to another build, within each round.
import { number, spread, short } from '../report/format.mjs';
import { atBuild, labelOf, workerOf } from '../rows.mjs';
import { median, ratioOf, spreadOf } from '../statistics.mjs';

/** A row per client that both builds have measured. */
export function comparisonTable({ figures }, samples, build) {
  const pairs = Object.keys(samples).flatMap((row) => {
    const other = otherRow(row, build);
    return samples[other] ? [[row, other]] : [];
  });
  const [{ key, factor = 1, digits, head, hasQuartiles }] = figures;
  const value = (row) => {
    const figure = median(samples[row].map((sample) => sample[key])) * factor;
    return digits === undefined ? short(figure) : number(figure, digits);
  };
  // A cost may be next to 0, where ratios say nothing.
  const columns = hasQuartiles
    ? [differenceOf(samples, key)]
    : figures.map(({ key, head }) => ratioColumn(samples, key, head));
  const rows = pairs.map(([row, other]) => [
    labelOf(row),
    value(other),
    value(row),
    ...columns.map(({ cell }) => cell(row, other)),
  ]);
  return [['', `${head}: ${build}`, 'working tree', ...columns.map(({ head }) => head)], ...rows];
}

/** The same row of the other build. */
function otherRow(row, build) {
  const worker = workerOf(row);
  return atBuild(worker, build) + row.slice(worker.length);
}

function ratioColumn(samples, key, head) {
  return { head: `× ${head}`, cell: (row, other) => spread(ratioOf(samples, row, other, key)) };
}

function differenceOf(samples, key) {
  const difference = (row, other) => samples[row].map((sample, round) => sample[key] - samples[other][round][key]);
  return { head: 'difference', cell: (row, other) => spread(spreadOf(difference(row, other))) };
}
