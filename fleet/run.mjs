// Simulates the scenarios, prints the figures, and writes the page.
import { Progress } from '../bench/progress.mjs';
import { printTable } from '../bench/report/print.mjs';
import { COMPARED } from './clients.mjs';
import { measure } from './measure.mjs';
import { runReal } from './real/real.mjs';
import { missedGoals } from './report/goals.mjs';
import { sectionTable } from './report/tables.mjs';
import { write } from './report/write.mjs';
import { SECTIONS } from './scenarios/index.mjs';
import { readArguments, USAGE } from './settings.mjs';

const settings = readArguments(process.argv.slice(2));
if (settings.help) console.log(USAGE);
else await run();

async function run() {
  const missed = settings.real ? await runReal(realSettings()) : [];
  const sections = chosen();
  const progress = new Progress(sections.flatMap(({ scenarios }) => scenarios).map(plan));
  let index = 0;
  const results = [];
  for (const section of sections) {
    const scenarios = [];
    for (const scenario of section.scenarios) {
      progress.begin(index, scenario.title);
      scenarios.push(measure(scenario, clientsOf(scenario), settings.seeds, (what) => progress.now(what)));
      progress.end(index);
      index += 1;
    }
    results.push({ ...section, scenarios });
    console.log(`\n${section.title}`);
    printTable(sectionTable(results.at(-1)));
  }
  await write(results, settings);
  missed.push(...missedGoals(results, settings.judge));
  for (const text of missed) console.log(`Goal missed: ${text}`);
  if (missed.length > 0) process.exitCode = 1;
}

/** Those of `fleet/real/run.mjs`. */
function realSettings() {
  const { quick, only = '' } = settings;
  return { quick, only, transport: 'http', isFull: !quick && only === '' };
}

function chosen() {
  const { quick, only = '' } = settings;
  return SECTIONS.map((section) => ({
    ...section,
    scenarios: section.scenarios.filter(({ name, goal }) => name.includes(only) && (!quick || goal)),
  })).filter(({ scenarios }) => scenarios.length > 0);
}

function clientsOf({ goal, clients = COMPARED }) {
  const { quick, judge } = settings;
  // Goals compare with the client without retries.
  return [...new Set(goal ? ['none', judge, ...(quick ? [] : clients)] : clients)];
}

/** The seconds that a scenario may take, to begin with: about a million events in a second. */
function plan(scenario) {
  const { seconds, fleet } = scenario;
  const events = clientsOf(scenario).length * settings.seeds.length * seconds * fleet.processes * fleet.rate * 8;
  return { seconds: events / 1e6 };
}
