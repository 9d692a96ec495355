// The tables of a scenario: rows of cells, of which the first row is the header.
import { isOurs, labelOf } from '../rows.mjs';
import { scenarioOf } from '../scenarios.mjs';
import { middleOf } from '../statistics.mjs';
import { pairsOf } from '../summary.mjs';
import { number, short, spread } from './format.mjs';

/** @param mark how the cells of our own rows are shown */
export function scenarioTables(summary, mark = (cell) => cell) {
  const ratios = ratioTable(summary);
  return [figuresTable(summary, mark), ...(ratios.length > 1 ? [ratios] : [])];
}

/** A row per client, best first. */
function figuresTable(summary, mark) {
  const figures = figuresOf(summary);
  const rows = ranked(summary).map(({ row }) => {
    const cells = [labelOf(row), ...figures.map((figure) => cellOf(summary.rows[row], figure))];
    return isOurs(row) ? cells.map(mark) : cells;
  });
  return [['Client', ...figures.map(({ head }) => head)], ...rows];
}

/** Ours divided by what the transport alone does, with quartiles. */
function ratioTable(summary) {
  const figures = figuresOf(summary);
  const rows = pairsOf(scenarioOf(summary.name)).flatMap(([ours, other]) => {
    const ratios = summary.ratios[ours]?.[other];
    if (!ratios) return [];
    const cells = figures.map(({ key }) => (ratios[key] ? spread(ratios[key]) : ''));
    return [[`${labelOf(ours)} ÷ ${labelOf(other)}`, ...cells]];
  });
  // What is not known of any pair, as in results from before it was measured, has no column.
  const known = ['', ...figures].map((_, column) => column === 0 || rows.some((row) => row[column] !== ''));
  const heads = ['Ratio', ...figures.map(({ head }) => `× ${head.replace(/,? (ms|MB|µs)$/, '')}`)];
  return [heads, ...rows].map((row) => row.filter((_, column) => known[column])).slice(0, rows.length + 1);
}

/** The rows with their first figure, best first; rows that build on each other stay in their order. */
export function ranked(summary) {
  const { figures, measure } = scenarioOf(summary.name);
  const [{ key, factor = 1, isMoreBetter, hasQuartiles }] = figures;
  const rows = Object.entries(summary.rows).map(([row, of]) => {
    return { row, figure: middleOf(of[key]) * factor, spread: of[key].map((value) => value * factor) };
  });
  if (hasQuartiles || measure === 'growth') return rows;
  return rows.sort((a, b) => (isMoreBetter ? b.figure - a.figure : a.figure - b.figure));
}

/** Near 100 %, the service was the bottleneck. */
export function serviceLoad({ service }) {
  return service === undefined ? '' : `The service was busy for at most ${number(service * 100)} % of the time.`;
}

/** The figures that were measured: results from earlier versions may lack some. */
function figuresOf({ name, rows }) {
  return scenarioOf(name).figures.filter(({ key }) => Object.values(rows).some((row) => row[key]));
}

function cellOf(row, { key, factor = 1, digits, hasQuartiles }) {
  if (!row[key]) return '';
  if (hasQuartiles) return spread(row[key], digits);
  const value = middleOf(row[key]) * factor;
  return digits === undefined ? short(value) : number(value, digits);
}
