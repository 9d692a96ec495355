// The chart on top of README and of the page: one call at a time, and fifty.
import { labelOf } from '../rows.mjs';
import { bar, label, legend, ROW } from './bars.mjs';
import { number } from './format.mjs';
import { svg, text, widthOf } from './svg.mjs';
import { ranked } from './tables.mjs';

const PANELS = [
  { name: 'get-200-c1', title: 'one call at a time' },
  { name: 'get-200-c50', title: '50 calls at a time' },
];
const WIDTH = 860;
const PADDING = 20;
const GAP = 24;
/** Room for a figure behind its bar. */
const VALUE = 60;
const TOP = 112;

/** `undefined` if one of the scenarios was not measured. */
export function headline({ scenarios, ...run }) {
  const panels = PANELS.map((panel) => ({ ...panel, summary: scenarios.find(({ name }) => name === panel.name) }));
  if (panels.some(({ summary }) => !summary)) return undefined;
  const rows = ranked(panels[0].summary)
    .map(({ row }) => row)
    .filter((row) => panels.every(({ summary }) => summary.rows[row]));
  const left = PADDING + Math.max(...rows.map((row) => widthOf(labelOf(row), 'ours-text'))) + 8;
  const width = (WIDTH - left - PADDING - GAP) / 2;
  const place = (index) => ({ x: left + index * (width + GAP), width });
  const title = 'GET of 200 B: requests per second';
  return svg({
    id: 'headline',
    width: WIDTH,
    height: TOP + rows.length * ROW + PADDING - 4,
    title,
    description: panels.map((panel) => inWords(panel, rows)).join(' '),
    body: [
      text(title, { x: PADDING, y: 30, of: 'title' }),
      text(conditionsOf(panels[0].summary.from ?? run, panels), { x: PADDING, y: 50, of: 'quiet' }),
      ...legend(rows, { x: PADDING, y: 74 }),
      ...rows.map((row, index) => label(labelOf(row), row, { x: left - 10, y: TOP + index * ROW })),
      ...panels.flatMap((panel, index) => panelOf(panel, rows, place(index))),
    ],
  });
}

function panelOf({ title, summary }, rows, { x, width }) {
  const figures = new Map(ranked(summary).map((row) => [row.row, row]));
  const shown = rows.map((row) => figures.get(row));
  const perUnit = (width - VALUE) / Math.max(...shown.flatMap(({ figure, spread }) => [figure, ...spread]));
  const bars = shown.flatMap((row, index) => {
    return bar({ ...row, shown: number(row.figure) }, { x, y: TOP + index * ROW, perUnit });
  });
  return [text(title, { x, y: TOP - 10, of: 'ours-text' }), ...bars];
}

function conditionsOf({ at, node, machine }, panels) {
  // The first results have no quartiles.
  const hasQuartiles = panels.some(({ summary }) => ranked(summary).some(({ spread }) => spread.length > 1));
  const where = `${at.slice(0, 10)}, Node ${node.slice(1)}, the client on one core of ${machine.cpu}`;
  return `${where}; more is better${hasQuartiles ? ', lines show the quartiles' : ''}`;
}

function inWords({ title, summary }, rows) {
  const figures = new Map(ranked(summary).map(({ row, figure }) => [row, figure]));
  const list = rows.map((row) => `${labelOf(row)}: ${number(figures.get(row))}`);
  return `${title}: ${list.join('; ')}.`;
}
