// The scenarios with real processes: measured, printed, and written.
import { printTable } from '../../bench/report/print.mjs';
import { JUDGED } from './contestants.mjs';
import { measure } from './measure.mjs';
import { chosenScenarios } from './plan.mjs';
import { missedGoals } from './report/goals.mjs';
import { sectionOf } from './report/section.mjs';
import { sectionTable } from './report/tables.mjs';
import { write } from './report/write.mjs';

/** @returns the titles of the rows whose goals were missed */
export async function runReal(settings) {
  const section = sectionOf(await measure(chosenScenarios(settings), settings), settings.quick);
  console.log(`\n${section.title}`);
  printTable(sectionTable(section));
  const pauses = Object.entries(section.pauses).map(([name, pause]) => `${name} ${Math.round(pause)}`);
  console.log(`\nLongest pause of a process, in milliseconds: ${pauses.join(', ')}`);
  await write(section, settings);
  return missedGoals(section, JUDGED);
}
