import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENTS, OURS } from '../../bench/clients.mjs';
import { planOf } from '../../bench/plan.mjs';
import { SCENARIOS } from '../../bench/scenarios.mjs';
import { readArguments, UsageError, USAGE } from '../../bench/settings.mjs';

const ALL = Object.keys(CLIENTS);
const MAIN = ['get-200-c1', 'get-200-c50', 'post-1k-c50', 'get-64k-c50', 'get-64k-alone-c50', 'startup', 'context-c50'];
const planned = (args, more = {}) => {
  const settings = { ...readArguments(args), ...more };
  return planOf(settings, settings.clients);
};

test('a run without arguments measures everything, one call at a time first, and is saved', () => {
  const { scenarios, clients, write, rounds } = readArguments([]);

  assert.equal(scenarios[0], 'get-200-c1');
  assert.equal(scenarios.length, SCENARIOS.length);
  assert.deepEqual(clients, ALL);
  assert.equal(write, true);
  assert.equal(rounds, 6);
});

for (const args of [['--quick'], ['--only', 'main'], ['--clients', 'ky'], ['--rounds', '3'], ['--compare', 'main']]) {
  test(`a run with ${args.join(' ')} is not saved`, () => {
    assert.equal(readArguments(args).write, false);
  });
}

test('a run of some scenarios is saved with --write', () => {
  assert.equal(readArguments(['--only', 'startup', '--write']).write, true);
});

test('main stands for the main scenarios', () => {
  assert.deepEqual(readArguments(['--only', 'main']).scenarios, MAIN);
  assert.deepEqual(readArguments(['--compare', 'HEAD~1']).scenarios, MAIN);
});

test('the main scenarios take less than 20 minutes', () => {
  const seconds = planned(['--only', 'main']).reduce((sum, scenario) => sum + scenario.seconds, 0);

  assert.ok(seconds < 1200, `${seconds} s`);
});

test('a quick run meets every way of measuring, and every client', () => {
  const plan = planned(['--quick']);

  const measures = new Set(SCENARIOS.map(({ measure }) => measure));
  const first = plan.slice(0, measures.size);
  assert.deepEqual(new Set(first.map(({ measure }) => measure)), measures);
  assert.deepEqual(plan.find(({ name }) => name === 'get-200-c50').clients, ALL);
});

test('--rounds holds for scenarios that have a number of rounds of their own, and makes none of them longer', () => {
  const rounds = (args) => Object.fromEntries(planned(args).map((scenario) => [scenario.name, scenario.rounds]));

  assert.equal(rounds([]).startup, 20);
  assert.equal(rounds(['--rounds', '2']).startup, 2);
  assert.equal(rounds(['--rounds', '50'])['in-flight-5000'], 3);
});

test('a comparison has a row for each build of our clients, and one for others', () => {
  const [{ clients }] = planned(['--compare', 'x', '--clients', 'hdms-http,raw-http', '--only', 'get-200-c1'], {
    builds: { abc1234: '/tmp' },
  });

  assert.deepEqual(clients, ['hdms-http', 'hdms-http@abc1234', 'raw-http']);
});

test('rows that are no clients take part in their scenario, whichever clients are measured', () => {
  const [{ clients }] = planned(['--only', 'startup', '--clients', OURS.join(',')]);

  assert.deepEqual(clients, ['bare Node', ...OURS, 'axios', 'undici']);
});

for (const [args, message] of [
  [['--rounds', 'many'], '--rounds must be an integer from 1 to 1000, got "many"'],
  [['--rounds', '0'], '--rounds must be an integer from 1 to 1000, got "0"'],
  [['--rounds'], '--rounds must have a value, got none'],
  [['--compare', '--quick'], '--compare must have a value, got "--quick"'],
  [['--quick=yes'], '--quick has no value, got "yes"'],
  [['--only', 'startup,post'], /^--only must be a list of get-200-c1, .*; got "post"$/],
  [['--clients', 'fetch'], /^--clients must be a list of hdms-http, .*; got "fetch"$/],
  [['--fast'], /^an argument must be one of --quick, .*; got --fast$/],
  [['main'], /^an argument must be one of --quick, .*; got "main"$/],
  [['--quick', '--write'], '--write cannot be used together with --quick'],
  [['--write', '--clients', 'ky'], '--write cannot be used together with --clients'],
  [['--report', '--only', 'startup'], '--report cannot be used together with --only'],
]) {
  test(`${args.join(' ')} is refused`, () => {
    assert.throws(
      () => readArguments(args),
      (error) => {
        assert.ok(error instanceof UsageError);
        if (message instanceof RegExp) assert.match(error.message, message);
        else assert.equal(error.message, message);
        return true;
      },
    );
  });
}

test('the help names every option, scenario and client', () => {
  const options = ['--quick', '--compare', '--report', '--help', '--only', '--clients', '--rounds', '--write'];
  const names = [...options, ...ALL, ...SCENARIOS.map(({ name }) => name)];

  assert.deepEqual(
    names.filter((name) => !USAGE.includes(name)),
    [],
  );
});
