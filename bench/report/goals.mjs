// The goals, and the results that were reached.
import { labelOf } from '../rows.mjs';
import { scenarioOf } from '../scenarios.mjs';
import { middleOf } from '../statistics.mjs';
import { spread } from './format.mjs';

const NAMES = { rate: 'req/s', p50: 'p50', p99: 'p99', load: '`require`', cost: 'cost', rss: 'RSS' };
const BOTH = ['hdms-http', 'hdms-undici'];

const atLeast = (scenario, client, ratios) =>
  Object.entries(ratios).map(([over, least]) => ({ scenario, client, over, key: 'rate', least }));

const GOALS = [
  ...atLeast('get-200-c1', 'hdms-http', { 'raw-http': 0.93 }),
  { scenario: 'get-200-c1', client: 'hdms-http', over: 'raw-http', key: 'p50', most: 1.08 },
  { scenario: 'get-200-c1', client: 'hdms-http', over: 'raw-http', key: 'p99', most: 1 },
  ...atLeast('get-200-c1', 'hdms-undici', { 'undici-request': 1 }),
  ...atLeast('get-200-c50', 'hdms-http', { 'raw-http': 0.95, 'axios-as-written': 3.2, got: 3.5, ky: 4 }),
  ...atLeast('get-200-c50', 'hdms-undici', { 'undici-request': 1.2, 'axios-as-written': 5.5, got: 7 }),
  ...atLeast('post-1k-c50', 'hdms-http', { 'raw-http': 1 }),
  ...atLeast('post-1k-c50', 'hdms-undici', { 'undici-request': 1 }),
  ...atLeast('get-64k-c50', 'hdms-http', { 'raw-http': 1 }),
  ...atLeast('get-64k-c50', 'hdms-undici', { 'undici-request': 1 }),
  ...['download-10m-c4', 'upload-10m-c4'].flatMap((scenario) => [
    ...atLeast(scenario, 'hdms-http', { 'raw-http': 0.95 }),
    ...atLeast(scenario, 'hdms-undici', { 'undici-request': 1 }),
  ]),
  { scenario: 'startup', client: 'hdms-http', over: 'axios', key: 'load', most: 1.15 },
  { scenario: 'startup', client: 'hdms-http', key: 'rss', most: 12 },
  { scenario: 'context-c50', client: 'a context for each call', key: 'cost', most: 3 },
  { scenario: 'context-c50', client: 'the middleware for each call', key: 'cost', most: 3 },
  { scenario: 'everything-c50', client: 'everything on', key: 'cost', most: 1.5 },
  // The cost of one plugin, from a run with twenty: the cost of a single one is below the noise.
  ...BOTH.map((client) => ({ scenario: 'plugins-c50', client: `${client}+20`, key: 'cost', most: 0.5 })),
  ...BOTH.map((client) => ({
    scenario: 'telemetry-c50',
    client: `${client}: spans and metrics`,
    key: 'cost',
    most: 12,
  })),
  ...BOTH.map((client) => ({ scenario: 'in-flight-5000', client, key: 'heap', most: 8 })),
  ...BOTH.map((client) => ({ scenario: 'growth-200000', client, key: 'heap', within: 1 })),
];

/** A row per goal, except goals of scenarios that were not measured. */
export function goalsTable({ scenarios }) {
  const rows = GOALS.flatMap((goal) => {
    const summary = scenarios.find(({ name }) => name === goal.scenario);
    return summary ? [[summary.title, labelOf(goal.client), target(goal), ...outcome(goal, summary)]] : [];
  });
  return [['Scenario', 'Client', 'Goal', 'Result', ''], ...rows];
}

function target({ scenario, over, key, least, most, within }) {
  const limit = within === undefined ? (least === undefined ? `≤ ${most}` : `≥ ${least}`) : `± ${within}`;
  if (over) return `${NAMES[key]} ${limit} × ${labelOf(over)}`;
  const { head } = figureOf(scenario, key);
  return head.includes(', ') ? `${limit} ${head.split(', ')[1]} ${NAMES[key] ?? ''}`.trim() : `${limit} ${head}`;
}

function outcome(goal, summary) {
  const { client, over, key, scenario } = goal;
  const { factor = 1 } = figureOf(scenario, key);
  const figures = over ? summary.ratios[client]?.[over]?.[key] : summary.rows[client]?.[key]?.map((f) => f * factor);
  return figures ? [spread(figures), isMet(goal, middleOf(figures)) ? 'met' : 'missed'] : ['', 'not measured'];
}

function isMet({ least = -Infinity, most = Infinity, within }, figure) {
  if (within !== undefined) return Math.abs(figure) <= within;
  return figure >= least && figure <= most;
}

const figureOf = (scenario, key) => scenarioOf(scenario).figures.find((figure) => figure.key === key);
