// The figures of all runs.
import { Progress } from '../../bench/progress.mjs';
import { ROOM, runAtOnce } from './at-once.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { plan } from './plan.mjs';
import { Stage } from './stage.mjs';

/** Milliseconds for which a process may be kept from working. In a run with a longer pause, the machine is measured. */
const LONGEST_PAUSE = 300;
/** How often a disturbed run is repeated, with nothing beside it, if it will have ended by that second of the process. */
const REPEATS = 2;
const QUICK_UNTIL = 58;
const UNTIL = 350;

/** @returns the scenarios with `runs`: by client, one object of figures for each run */
export async function measure(scenarios, settings) {
  const jobs = plan(scenarios, settings);
  await runAll(jobs, settings);
  for (let round = 0; round < REPEATS; round += 1) {
    const disturbed = jobs.filter(({ figures }) => figures.isDisturbed).map((job) => ({ job, ...job, weight: ROOM }));
    await runAll(disturbed, settings, settings.quick ? QUICK_UNTIL : UNTIL);
    for (const { job, figures } of disturbed) {
      if (figures && figures.pause < job.figures.pause) job.figures = figures;
    }
  }
  const measured = scenarios.filter((scenario) => jobs.some((job) => job.scenario === scenario));
  return measured.map((scenario) => ({ ...scenario, runs: runsOf(scenario, jobs) }));
}

/** Adds `figures` to the jobs that will have ended by the second `until` of the process. */
async function runAll(jobs, settings, until = Infinity) {
  const progress = new Progress(
    jobs.map(({ seconds, weight }) => ({ seconds: (seconds * Math.min(weight, ROOM)) / ROOM })),
  );
  let begun = 0;
  await runAtOnce(jobs, async (job) => {
    const index = begun++;
    if (performance.now() / 1000 + job.seconds > until) return;
    progress.begin(index, `${job.scenario.name}, ${CONTESTANTS[job.contestant].label.replaceAll('*', '')}`);
    progress.now('under way');
    job.figures = await runOnce(job, settings);
    progress.end(index);
  });
}

async function runOnce({ scenario, contestant }, settings) {
  const stage = new Stage(contestant, settings);
  try {
    const figures = await scenario.run(stage);
    const pause = await stage.longestPause();
    return { ...figures, pause, isDisturbed: pause > (scenario.longestPause ?? LONGEST_PAUSE) };
  } finally {
    await stage.close();
  }
}

function runsOf(scenario, jobs) {
  const runs = {};
  for (const job of jobs.filter((one) => one.scenario === scenario)) (runs[job.contestant] ??= []).push(job.figures);
  return runs;
}
