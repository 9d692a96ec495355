// How the main ratios have changed from run to run: a table, and a chart.
import { labelOf } from '../rows.mjs';
import { scenarioOf } from '../scenarios.mjs';
import { middleOf } from '../statistics.mjs';
import { number } from './format.mjs';
import { svg, tenth, text } from './svg.mjs';

/** The runs that are shown. */
const MOST = 8;

const SERIES = [
  { name: 'get-200-c1', label: 'GET, c = 1' },
  { name: 'get-200-c50', label: 'GET, c = 50' },
  { name: 'post-1k-c50', label: 'POST, c = 50' },
  { name: 'get-64k-c50', label: '64 KB, c = 50' },
];
const PANELS = [
  ['hdms-http', 'raw-http'],
  ['hdms-undici', 'undici-request'],
];
/** The rest of the table. */
const FIGURES = [
  { name: 'startup', row: 'hdms-http', over: 'axios', key: 'load', label: '`require` ÷ axios' },
  { name: 'startup', row: 'hdms-http', key: 'rss', label: 'RSS of `require`, MB' },
  { name: 'context-c50', row: 'a context for each call', key: 'cost', label: 'context per call, µs' },
  { name: 'everything-c50', row: 'everything on', key: 'cost', label: 'every protection on, µs' },
  { name: 'in-flight-5000', row: 'hdms-http', key: 'heap', label: 'heap per call over http, KB' },
  { name: 'in-flight-5000', row: 'hdms-undici', key: 'heap', label: 'heap per call over undici, KB' },
];

const WIDTH = 890;
const PANEL = 236;
const LEFT = [56, 486];
const TOP = 96;
const HEIGHT = 220;
/** Dates that fit below a panel. */
const DATES = 4;
const COLOURS = [
  ['#0969da', '#4493f8'],
  ['#bc4c00', '#f0883e'],
  ['#1a7f37', '#3fb950'],
  ['#8250df', '#ab7df8'],
];
const STYLE = COLOURS.map(
  ([light, dark], index) => `
  .s${index} { stroke: ${light} } .d${index} { fill: ${light} }
  @media (prefers-color-scheme: dark) { .s${index} { stroke: ${dark} } .d${index} { fill: ${dark} } }`,
).join('');

/** A column per run. */
export function trendTable(entries) {
  const runs = entries.slice(-MOST);
  const ratios = PANELS.flatMap(([row, over]) =>
    SERIES.map(({ name, label }) => ({
      name,
      row,
      over,
      key: 'rate',
      label: `${label}: ${labelOf(row)} ÷ ${labelOf(over)}`,
    })),
  );
  const rows = [...ratios, ...FIGURES].map((figure) => [figure.label, ...runs.map((run) => shown(run, figure))]);
  const known = rows.filter(([, ...cells]) => cells.some((cell) => cell !== ''));
  return [['', ...runs.map(nameOf)], ...known];
}

export function trendChart(entries) {
  const hasRatio = (run) => PANELS.some((panel) => SERIES.some(({ name }) => ratio(run, name, panel) !== undefined));
  const runs = entries.filter(hasRatio).slice(-MOST);
  const values = PANELS.map((panel) => SERIES.map(({ name }) => runs.map((run) => ratio(run, name, panel))));
  const all = [1, ...values.flat(2).filter((value) => value !== undefined)];
  const [low, high] = [Math.floor(Math.min(...all) * 5) / 5, Math.ceil(Math.max(...all) * 5) / 5];
  const y = (value) => TOP + HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT;
  const title = 'Requests per second, relative to the transport alone';
  return svg({
    id: 'trend',
    width: WIDTH,
    height: TOP + HEIGHT + 50,
    title,
    description: trendTable(entries)
      .slice(1)
      .map((row) => row.join(' '))
      .join('; '),
    style: STYLE,
    body: [
      text(title, { x: 20, y: 30, of: 'title' }),
      text('Run by run. 1 is as fast as the transport alone; more is better', { x: 20, y: 50, of: 'quiet' }),
      ...PANELS.flatMap((panel, index) =>
        panelOf({ panel, runs, values: values[index], y, low, high, left: LEFT[index] }),
      ),
    ],
  });
}

function panelOf({ panel, runs, values, y, low, high, left }) {
  const x = (index) => left + 14 + (index / Math.max(1, runs.length - 1)) * (PANEL - 28);
  const levels = Array.from({ length: Math.round((high - low) / 0.2) + 1 }, (_, index) => low + index * 0.2);
  return [
    text(panel.map(labelOf).join(' ÷ '), { x: left, y: TOP - 12, of: 'ours-text' }),
    ...levels.flatMap((level) => [
      `<path class="${Math.abs(level - 1) < 0.01 ? 'level' : 'axis'}" d="M${left} ${tenth(y(level))}h${PANEL}"/>`,
      text(level.toFixed(1), { x: left - 8, y: y(level) + 4, anchor: 'end', of: 'quiet' }),
    ]),
    ...dates(runs, x),
    ...values.flatMap((points, series) => lineOf(points, series, { x, y })),
    ...endLabels(values, y, left + PANEL + 10),
  ];
}

/** Of all runs, or of the first and the last one. */
function dates(runs, x) {
  const isShown = (index) => runs.length <= DATES || index === 0 || index === runs.length - 1;
  const date = ({ at }) => new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return runs.flatMap((run, index) =>
    isShown(index) ? [text(date(run), { x: x(index), y: TOP + HEIGHT + 22, anchor: 'middle', of: 'quiet' })] : [],
  );
}

function lineOf(points, series, { x, y }) {
  const known = points.flatMap((value, index) =>
    value === undefined ? [] : [`${tenth(x(index))},${tenth(y(value))}`],
  );
  return [
    `<polyline class="line s${series}" points="${known.join(' ')}"/>`,
    ...known.map(
      (point) => `<circle class="d${series}" cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="4"/>`,
    ),
  ];
}

/** Beside the ends of their lines, and apart from each other. */
function endLabels(values, y, left) {
  const ends = values.flatMap((points, series) => {
    const value = points.findLast((point) => point !== undefined);
    return value === undefined ? [] : [{ series, value, y: y(value) }];
  });
  ends.sort((a, b) => a.y - b.y);
  ends.forEach((end, index) => {
    if (index > 0) end.y = Math.max(end.y, ends[index - 1].y + 18);
  });
  return ends.flatMap(({ series, value, y: level }) => [
    `<rect class="d${series}" x="${left}" y="${tenth(level - 5)}" width="10" height="10" rx="3"/>`,
    text(`${SERIES[series].label}: ${number(value, 2)}`, { x: left + 16, y: level + 4.5 }),
  ]);
}

function ratio({ scenarios }, name, [row, over]) {
  const spread = scenarios.find((scenario) => scenario.name === name)?.ratios[row]?.[over]?.rate;
  return spread && middleOf(spread);
}

function shown({ scenarios }, { name, row, over, key }) {
  const scenario = scenarios.find((other) => other.name === name);
  const spread = over ? scenario?.ratios[row]?.[over]?.[key] : scenario?.rows[row]?.[key];
  const { factor = 1 } = scenarioOf(name).figures.find((figure) => figure.key === key);
  return spread ? number(middleOf(spread) * (over ? 1 : factor), 2) : '';
}

const nameOf = ({ at, version }) => `${at.slice(0, 10)} (${version})`;
