// Runs the scenarios, prints the results, and saves them: npm run bench -- --help
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compare } from './compare/compare.mjs';
import { measureAll } from './measure-all.mjs';
import { plan } from './plan.mjs';
import { goalsTable } from './report/goals.mjs';
import { conditions } from './report/machine.mjs';
import { printTable } from './report/print.mjs';
import { scenarioTables, serviceLoad } from './report/tables.mjs';
import { write } from './report/write.mjs';
import { readResults, ROOT, saveResults } from './results.mjs';
import { readArguments, UsageError, USAGE } from './settings.mjs';

try {
  const settings = readArguments(process.argv.slice(2));
  if (settings.help) console.log(USAGE);
  else if (settings.report) await write(savedResults());
  else if (!existsSync(join(ROOT, 'dist/index.js')))
    throw new UsageError('dist/ must be built, and is missing: npm run build');
  else if (settings.compare === undefined) await run(settings);
  else await compare(settings);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`npm run bench: ${error.message}`);
  process.exitCode = 1;
}

function savedResults() {
  const entries = readResults();
  if (entries.length > 0) return entries;
  throw new UsageError('--report needs results in bench/results, and there are none: npm run bench');
}

async function run(settings) {
  const scenarios = await measureAll(await plan(settings), settings, (summary) => {
    for (const table of scenarioTables(summary)) printTable(table);
    if (summary.service !== undefined) console.log(`  ${serviceLoad(summary)}`);
  });
  const entry = { ...conditions(settings), scenarios };
  if (!settings.quick) {
    console.log('\nGoals');
    printTable(goalsTable(entry));
  }
  await report(entry, settings);
}

async function report(entry, settings) {
  if (settings.write) {
    const file = await saveResults(entry);
    await write(readResults());
    console.log(`Written: docs/benchmarks.md, ${relative(ROOT, file)}`);
  } else {
    await write([...readResults(), entry], '.build/bench');
    console.log('Not a full run: docs/benchmarks.md stays as it is. This run is in .build/bench.');
  }
}
