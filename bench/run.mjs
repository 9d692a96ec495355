// Runs the scenarios, prints the results, and saves them.
import { context } from './measure/context.mjs';
import { growth, inFlight } from './measure/memory.mjs';
import { plugins } from './measure/plugins.mjs';
import { slices } from './measure/slices.mjs';
import { telemetry } from './measure/telemetry.mjs';
import { Pool } from './pool.mjs';
import { start } from './process.mjs';
import { Progress } from './progress.mjs';
import { goalsTable } from './report/goals.mjs';
import { machine } from './report/machine.mjs';
import { load, merge, save, write } from './report/write.mjs';
import { printTable } from './report/print.mjs';
import { scenarioTable, serviceLoad } from './report/tables.mjs';
import { plan, readArguments, USAGE } from './settings.mjs';

const MEASURES = { slices, plugins, context, telemetry, inFlight, growth };

const settings = readArguments(process.argv.slice(2));
if (settings.help) console.log(USAGE);
else if (settings.report) await write(load());
else await run();

async function run() {
  const scenarios = await plan(settings);
  const server = await start('server.mjs', [], 0);
  const pool = new Pool(`http://127.0.0.1:${server.ready}`);
  try {
    const results = { machine: machine(), settings, scenarios: await measureAll(scenarios, server, pool) };
    if (!settings.quick) printGoals(results);
    await report(results);
  } finally {
    pool.stop();
    server.stop();
  }
}

/** A quick run measures too little for this. */
function printGoals(results) {
  console.log('\nGoals');
  printTable(goalsTable(results));
}

async function measureAll(scenarios, server, pool) {
  const progress = new Progress(scenarios);
  const measured = [];
  for (const [index, scenario] of scenarios.entries()) {
    if (performance.now() > settings.budget * 1000) {
      console.log(`Left out for want of time: ${scenario.title}`);
      continue;
    }
    progress.begin(index, scenario.title);
    const samples = await MEASURES[scenario.measure](scenario, { settings, server, pool, progress });
    progress.end(index);
    measured.push({ ...scenario, samples });
    console.log(`\n${scenario.title}`);
    printTable(scenarioTable({ ...scenario, samples }));
    const load = serviceLoad({ samples });
    if (load) console.log(`  ${load}`);
  }
  return measured;
}

async function report(results) {
  if (settings.write) {
    const all = merge(results);
    save(all);
    await write(all);
    console.log('Written: docs/benchmarks.md');
  } else {
    await write(results, '.build/bench');
    console.log('Not a full run: docs/benchmarks.md stays as it is.');
  }
}
