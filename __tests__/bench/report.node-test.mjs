import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonTable } from '../../bench/compare/table.mjs';
import { chart } from '../../bench/report/chart.mjs';
import { goalsTable } from '../../bench/report/goals.mjs';
import { headline } from '../../bench/report/headline.mjs';
import { current, page } from '../../bench/report/page.mjs';
import { scenarioTables } from '../../bench/report/tables.mjs';
import { trendChart, trendTable } from '../../bench/report/trend.mjs';
import { scenarioOf } from '../../bench/scenarios.mjs';

const CONDITIONS = {
  version: '1.0.0',
  node: 'v20.1.0',
  machine: { cpu: 'CPU <fast>', cores: 2, system: 'linux', isPinned: true },
  packages: { axios: '1.0.0' },
  settings: { rounds: 10, slice: 400, warmUp: 1500 },
};
const row = (rate, p50 = 1) => ({ rate: [rate - 1, rate, rate + 1], p50: [p50], p99: [2], cpu: [80] });
const rated = (name, ratio, ours = 90) => ({
  name,
  title: scenarioOf(name).title,
  rows: { got: row(20), 'hdms-http': row(ours), 'raw-http': row(100) },
  ratios: {
    'hdms-http': {
      'raw-http': { rate: [0.8, ratio, 1], p50: [1, 1.1, 1.2], p99: [1, 1.2, 1.5], cpu: [1, 1.1, 1.2] },
      got: { rate: [4, 4.5, 5] },
    },
  },
});
const run = (at, ratio) => ({
  ...CONDITIONS,
  at,
  scenarios: [rated('get-200-c1', ratio), rated('get-200-c50', ratio)],
});
const RUNS = [run('2026-01-01T00:00Z', 0.75), run('2026-01-02T00:00Z', 0.95)];
const [, LAST] = RUNS;

test('a table has the best first, ours in bold, and the ratios to the transport alone with quartiles', () => {
  const [figures, ratios] = scenarioTables(LAST.scenarios[0], (cell) => `**${cell}**`);

  assert.deepEqual(figures, [
    ['Client', 'req/s', 'p50 ms', 'p99 ms', 'CPU µs'],
    ['raw node:http', '100', '1.00', '2.00', '80'],
    ['**HTTPClient, http**', '**90**', '**1.00**', '**2.00**', '**80**'],
    ['got', '20', '1.00', '2.00', '80'],
  ]);
  assert.deepEqual(ratios[0], ['Ratio', '× req/s', '× p50', '× p99', '× CPU']);
  assert.equal(ratios[1][0], 'HTTPClient, http ÷ raw node:http');
  assert.equal(ratios[1][3], '1.20 (1.00 to 1.50)');
});

test('figures that an old run did not measure have no column', () => {
  const old = { ...LAST.scenarios[0], rows: { got: { rate: [20] } }, ratios: {} };

  assert.deepEqual(scenarioTables(old), [
    [
      ['Client', 'req/s'],
      ['got', '20'],
    ],
  ]);
});

test('a goal is met or missed, and one that was not measured says so', () => {
  const outcomes = goalsTable(LAST).map(
    ([scenario, client, goal, result, outcome]) => `${client} ${goal}: ${result} ${outcome}`,
  );

  assert.ok(outcomes.includes('HTTPClient, http req/s ≥ 0.93 × raw node:http: 0.95 (0.80 to 1.00) met'));
  assert.ok(outcomes.includes('HTTPClient, http p50 ≤ 1.08 × raw node:http: 1.10 (1.00 to 1.20) missed'));
  assert.ok(outcomes.includes('HTTPClient, undici req/s ≥ 1 × undici.request:  not measured'));
});

test('a chart has a title and its figures in words, colours for dark pages, and no markup from a name', () => {
  for (const svg of [headline(LAST), chart(LAST.scenarios[0]), trendChart(RUNS)]) {
    assert.match(svg, /<title id="[\w-]+-title">.+<\/title>\n<desc id="[\w-]+-description">.+<\/desc>/);
    assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
    assert.ok(!svg.includes('<fast>') && !svg.includes('NaN') && !svg.includes('undefined'));
  }
});

test('the headline shows all clients in both panels, and is left out without them', () => {
  const svg = headline(LAST);

  for (const text of ['one call at a time', '50 calls at a time', 'this package', 'got', 'raw node:http']) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
  assert.equal(headline({ ...LAST, scenarios: [LAST.scenarios[0]] }), undefined);
});

test('figures of an earlier run are shown with its date', () => {
  const partial = { ...run('2026-01-03T00:00Z', 1), scenarios: [] };

  assert.match(page([LAST, partial]), /Measured in an earlier run: 2026-01-02, version 1\.0\.0\./);
  assert.match(headline(current([LAST, partial])), />2026-01-02, Node 20\.1\.0/);
});

test('a run without the main scenarios has no place in the chart of the trend', () => {
  const partial = { ...run('2026-01-03T00:00Z', 1), scenarios: [] };

  assert.ok(!trendChart([...RUNS, partial]).includes('Jan 3'));
});

test('the trend has a column per run', () => {
  const [heads, first] = trendTable(RUNS);

  assert.deepEqual(heads, ['', '2026-01-01 (1.0.0)', '2026-01-02 (1.0.0)']);
  assert.deepEqual(first, ['GET, c = 1: HTTPClient, http ÷ raw node:http', '0.75', '0.95']);
});

test('the page begins with the headline, and shows one call at a time first', () => {
  const headings = page(RUNS).match(/^##? .+$/gm);

  assert.match(page(RUNS).split('\n\n')[2], /^!\[.+\]\(benchmarks\/headline\.svg\)$/);
  assert.deepEqual(headings.slice(0, 4), [
    '# Benchmarks',
    '## How it is measured',
    '## GET 200 B, c = 1',
    '## GET 200 B, c = 50',
  ]);
});

test('a comparison shows both builds and their ratios', () => {
  const samples = {
    'hdms-http': [{ rate: 110, p50: 1, p99: 2, cpu: 90 }],
    'hdms-http@abc1234': [{ rate: 100, p50: 2, p99: 2, cpu: 100 }],
    'raw-http': [{ rate: 120, p50: 1, p99: 1, cpu: 80 }],
  };

  assert.deepEqual(comparisonTable(scenarioOf('get-200-c1'), samples, 'abc1234'), [
    ['', 'req/s: abc1234', 'working tree', '× req/s', '× p50 ms', '× p99 ms', '× CPU µs'],
    ['HTTPClient, http', '100', '110', '1.10', '0.50', '1.00', '0.90'],
  ]);
});

test('of costs, which may be next to 0, a comparison shows the difference', () => {
  const samples = { 'in a context': [{ cost: 2 }], 'in a context@abc1234': [{ cost: 3 }] };

  assert.deepEqual(comparisonTable(scenarioOf('context-c50'), samples, 'abc1234')[1], [
    'in a context',
    '3.00',
    '2.00',
    '-1.00',
  ]);
});
