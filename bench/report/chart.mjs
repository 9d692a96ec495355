// The bar chart of one scenario.
import { labelOf } from '../rows.mjs';
import { scenarioOf } from '../scenarios.mjs';
import { bar, label, legend, ROW } from './bars.mjs';
import { number, short } from './format.mjs';
import { svg, text, widthOf } from './svg.mjs';
import { ranked } from './tables.mjs';

const WIDTH = 760;
const PADDING = 20;
const TOP = 84;

export function chart(summary) {
  const [{ head, digits, isMoreBetter }] = scenarioOf(summary.name).figures;
  const shown = (figure) => (digits === undefined ? short(figure) : number(figure, digits));
  const rows = ranked(summary).map((row) => ({ ...row, shown: shown(row.figure), label: labelOf(row.row) }));
  const left = PADDING + Math.max(...rows.map((row) => widthOf(row.label, 'ours-text'))) + 8;
  const longest = Math.max(...rows.flatMap(({ figure, spread }) => [figure, ...spread]), Number.MIN_VALUE);
  const perUnit = (WIDTH - left - PADDING - 70) / longest;
  const unit = `${head.replaceAll('`', '')}: ${isMoreBetter ? 'more' : 'less'} is better`;
  const body = rows.flatMap((row, index) => {
    const y = TOP + index * ROW;
    return [label(row.label, row.row, { x: left - 10, y }), ...bar(row, { x: left, y, perUnit })];
  });
  return svg({
    id: summary.name,
    width: WIDTH,
    height: TOP + rows.length * ROW + PADDING - 4,
    title: summary.title,
    description: `${unit}. ${rows.map((row) => `${row.label}: ${row.shown}`).join('; ')}.`,
    body: [
      text(summary.title, { x: PADDING, y: 30, of: 'title' }),
      text(unit, { x: PADDING, y: 50, of: 'quiet' }),
      ...legend(
        rows.map(({ row }) => row),
        { x: PADDING, y: 72 },
      ),
      ...body,
    ],
  });
}
