// Measures scenarios one after the other.
import { keepAwake } from './awake.mjs';
import { growth, inFlight } from './measure/memory.mjs';
import { instant } from './measure/instant.mjs';
import { plugins } from './measure/plugins.mjs';
import { slices } from './measure/slices.mjs';
import { startup } from './measure/startup.mjs';
import { telemetry } from './measure/telemetry.mjs';
import { start } from './process.mjs';
import { Progress } from './progress.mjs';
import { summaryOf } from './summary.mjs';

const MEASURES = { slices, startup, instant, plugins, telemetry, inFlight, growth };

/**
 * @param tell is called with the summary of each scenario, and its samples
 * @returns the summaries
 */
export async function measureAll(scenarios, settings, tell) {
  const server = await start('server.mjs', [], 0);
  const progress = new Progress(scenarios);
  const summaries = [];
  const letHalt = keepAwake();
  try {
    for (const [index, scenario] of scenarios.entries()) {
      if (performance.now() > settings.budget * 1000) {
        console.log(`Left out for want of time: ${scenario.title}`);
        continue;
      }
      progress.begin(index, scenario.title);
      const samples = await MEASURES[scenario.measure](scenario, { settings, server, progress });
      progress.end(index);
      console.log(`\n${scenario.title}`);
      const summary = summaryOf(scenario, samples);
      tell(summary, samples);
      summaries.push(summary);
    }
    return summaries;
  } finally {
    server.stop();
    letHalt();
  }
}
