// Runs the scenarios with real processes alone, without the simulation.
import { runReal } from './real.mjs';
import { readArguments, USAGE } from './settings.mjs';

const settings = readArguments(process.argv.slice(2));
if (settings.help) console.log(USAGE);
else await run();

async function run() {
  const missed = await runReal(settings);
  for (const title of missed) console.log(`Goal missed: ${title}`);
  if (missed.length > 0) process.exitCode = 1;
}
