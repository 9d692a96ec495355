// Runs the build of another commit and that of the working tree in turn.
import { OURS } from '../clients.mjs';
import { measureAll } from '../measure-all.mjs';
import { plan } from '../plan.mjs';
import { printTable } from '../report/print.mjs';
import { comparisonTable } from './table.mjs';
import { otherBuild } from './other-build.mjs';

export async function compare(settings) {
  const build = await otherBuild(settings.compare);
  try {
    const clients = settings.clients.filter((name) => OURS.includes(name));
    const builds = { [build.commit]: build.bench };
    console.log(`${build.commit} is ${settings.compare}. Ratios are those of the working tree to it, with quartiles.`);
    const scenarios = await plan({ ...settings, builds, clients });
    await measureAll(scenarios, { ...settings, builds }, ({ name }, samples) => {
      printTable(
        comparisonTable(
          scenarios.find((scenario) => scenario.name === name),
          samples,
          build.commit,
        ),
      );
    });
  } finally {
    build.remove();
  }
}
