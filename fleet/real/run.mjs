// Runs the scenarios with real processes, prints the figures, and writes them.
import { printTable } from '../../bench/report/print.mjs';
import { JUDGED } from './contestants.mjs';
import { measure } from './measure.mjs';
import { chosenScenarios } from './plan.mjs';
import { missedGoals } from './report/goals.mjs';
import { sectionOf } from './report/section.mjs';
import { sectionTable } from './report/tables.mjs';
import { write } from './report/write.mjs';
import { readArguments, USAGE } from './settings.mjs';

const settings = readArguments(process.argv.slice(2));
if (settings.help) console.log(USAGE);
else await run();

async function run() {
  const section = sectionOf(await measure(chosenScenarios(settings), settings), settings.quick);
  console.log(`\n${section.title}`);
  printTable(sectionTable(section));
  const pauses = Object.entries(section.pauses).map(([name, pause]) => `${name} ${Math.round(pause)}`);
  console.log(`\nLongest pause of a process, in milliseconds: ${pauses.join(', ')}`);
  await write(section);
  console.log('Written: .build/fleet/real.md, .build/fleet/real.json');
  const missed = missedGoals(section, JUDGED);
  for (const title of missed) console.log(`Goal missed: ${title}`);
  if (missed.length > 0) process.exitCode = 1;
}
