import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { newest, readResults, saveResults } from '../../bench/results.mjs';
import { SCENARIOS } from '../../bench/scenarios.mjs';
import { summaryOf } from '../../bench/summary.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-results-'));
after(() => rmSync(folder, { recursive: true }));

const scenario = (name, rate) => ({ name, title: name, rows: { 'hdms-http': { rate: [rate] } }, ratios: {} });
const entry = (at, commit, ...scenarios) => ({ at, commit, version: '1.0.0', scenarios });
const rates = ({ scenarios }) => scenarios.map(({ name, rows }) => [name, rows['hdms-http'].rate[0]]);

test('each run has a file, and a run of some scenarios leaves the results of other runs alone', async () => {
  await saveResults(entry('2026-01-01T10:00Z', 'aaaaaaa', scenario('get-200-c1', 1), scenario('startup', 2)), folder);
  await saveResults(entry('2026-01-01T12:00Z', 'bbbbbbb', scenario('startup', 3)), folder);

  assert.deepEqual(readdirSync(folder).sort(), ['2026-01-01-aaaaaaa.json', '2026-01-01-bbbbbbb.json']);
  assert.deepEqual(readResults(folder).map(rates), [
    [
      ['get-200-c1', 1],
      ['startup', 2],
    ],
    [['startup', 3]],
  ]);
});

test('a second run of the same commit replaces only what it measured', async () => {
  await saveResults(entry('2026-01-02T10:00Z', 'ccccccc', scenario('get-200-c1', 1), scenario('startup', 2)), folder);
  await saveResults(entry('2026-01-02T11:00Z', 'ccccccc', scenario('startup', 5)), folder);

  const again = readResults(folder).find(({ commit }) => commit === 'ccccccc');
  assert.deepEqual(rates(again), [
    ['get-200-c1', 1],
    ['startup', 5],
  ]);
});

test('the page shows the newest figures of each scenario, and says which are from an earlier run', () => {
  const entries = [
    entry('2026-01-01T10:00Z', 'a', scenario('get-200-c1', 1), scenario('startup', 2)),
    entry('2026-01-02T10:00Z', 'b', scenario('startup', 3)),
  ];
  const run = newest(entries, ['get-200-c1', 'post-1k-c50', 'startup']);

  assert.deepEqual(rates(run), [
    ['get-200-c1', 1],
    ['startup', 3],
  ]);
  assert.deepEqual(
    run.scenarios.map(({ from }) => from?.at),
    ['2026-01-01T10:00Z', undefined],
  );
});

test('a summary holds medians, quartiles, and all ratios of ours to the transport alone', () => {
  const sample = (rate, p99) => ({ rate, p50: 1, p99, cpu: 10, gc: 0, service: 0.5 });
  const samples = {
    'hdms-http': [sample(90, 2), sample(80, 4)],
    'raw-http': [sample(100, 1), sample(100, 2)],
    got: [sample(20, 8), sample(20, 8)],
  };
  const summary = summaryOf(SCENARIOS[0], samples);

  assert.deepEqual(summary.rows['hdms-http'].rate, [82.5, 85, 87.5]);
  assert.deepEqual(summary.ratios['hdms-http']['raw-http'].p99, [2, 2, 2]);
  assert.deepEqual(summary.ratios['hdms-http'].got, { rate: [4.125, 4.25, 4.375] });
  assert.equal(summary.service, 0.5);
});

test('the results in the repository can be read, and name scenarios that exist', () => {
  const names = readResults().flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
  const known = SCENARIOS.map(({ name }) => name);

  assert.ok(names.length > 0);
  assert.deepEqual(
    names.filter((name) => !known.includes(name)),
    [],
  );
});
