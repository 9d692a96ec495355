// The goals, and the results that were reached.
import { labelOf } from '../clients.mjs';
import { ratioOf, spreadOf } from '../statistics.mjs';
import { number, spread } from './format.mjs';

const times = (scenario, client, goals) =>
  Object.entries(goals).map(([over, atLeast]) => ({ scenario, client, over, atLeast }));

const BOTH = ['hdms-http', 'hdms-undici'];

const GOALS = [
  ...times('get-200-c50', 'hdms-http', { 'raw-http': 0.9, 'axios-as-written': 3.2, got: 3.5, ky: 4 }),
  ...times('get-200-c50', 'hdms-undici', { 'undici-request': 1.1, 'axios-as-written': 5.5, got: 7 }),
  ...times('post-1k-c50', 'hdms-http', { 'raw-http': 0.9 }),
  ...times('post-1k-c50', 'hdms-undici', { 'undici-request': 1 }),
  ...times('get-64k-c50', 'hdms-http', { 'raw-http': 1 }),
  ...times('get-64k-c50', 'hdms-undici', { 'undici-request': 1 }),
  ...['download-10m-c4', 'upload-10m-c4'].flatMap((scenario) => [
    ...times(scenario, 'hdms-http', { 'raw-http': 0.95 }),
    ...times(scenario, 'hdms-undici', { 'undici-request': 1 }),
  ]),
  ...BOTH.map((client) => ({ scenario: 'in-flight-5000', client, atMost: 8 })),
  // The cost of one plugin, from a run with twenty: the cost of a single one is below the noise.
  ...BOTH.map((client) => ({ scenario: 'plugins-c50', client, row: `${client}+20`, atMost: 0.5 })),
  { scenario: 'context-c50', client: 'no context', atMost: 1 },
  { scenario: 'context-c50', client: 'in a context', atMost: 3 },
  { scenario: 'telemetry-c50', client: 'hdms-http: spans and metrics', atMost: 12 },
  { scenario: 'telemetry-c50', client: 'hdms-undici: spans and metrics', atMost: 12 },
  {
    scenario: 'telemetry-c50',
    client: 'hdms-http: spans and metrics',
    under: 'hdms-http: instrumentation',
    atMost: 0.33,
  },
  ...BOTH.map((client) => ({ scenario: 'growth-200000', client, within: 1 })),
];

/** A row per goal, except goals of scenarios that the run left out. */
export function goalsTable({ scenarios }) {
  const rows = GOALS.flatMap((goal) => {
    const scenario = scenarios.find(({ name }) => name === goal.scenario);
    return scenario ? [[scenario.title, labelOf(goal.client), target(goal, scenario), ...outcome(goal, scenario)]] : [];
  });
  return [['Scenario', 'Client', 'Goal', 'Came to', ''], ...rows];
}

function target({ over, under, atLeast, atMost, within }, { metric }) {
  if (under) return `≤ ${atMost} × ${labelOf(under)}`;
  if (over) return `≥ ${atLeast} × ${labelOf(over)}`;
  return within === undefined ? `≤ ${atMost} ${metric.unit}` : `± ${within} ${metric.unit}`;
}

function outcome(goal, scenario) {
  const figures = figuresOf(goal, scenario);
  if (!figures) return ['', 'not measured'];
  const { middle } = figures;
  const isMet = goal.over ? middle >= goal.atLeast : isWithin(goal, middle);
  const isSingle = figures.low === figures.high;
  return [isSingle ? number(middle, 2) : spread(figures), isMet ? 'met' : 'not met'];
}

function isWithin({ atMost, within }, figure) {
  return within === undefined ? figure <= atMost : Math.abs(figure) <= within;
}

function figuresOf({ client, row = client, over, under }, { samples, metric }) {
  const { key, factor = 1 } = metric;
  if (under) return ratioOf(samples, client, under, key);
  if (over) return ratioOf(samples, client, over, key);
  return samples[row] && spreadOf(samples[row].map((sample) => sample[key] * factor));
}
