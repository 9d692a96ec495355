// Writes the page and its charts.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../results.mjs';
import { chart } from './chart.mjs';
import { headline } from './headline.mjs';
import { current, hasChart, page } from './page.mjs';
import { trendChart } from './trend.mjs';

/** @param entries the results of all runs, the oldest first */
export async function write(entries, folder = 'docs') {
  const charts = join(ROOT, folder, 'benchmarks');
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts, { recursive: true });
  const run = current(entries);
  const pictures = { headline: headline(run), trend: trendChart(entries) };
  for (const summary of run.scenarios.filter(hasChart)) pictures[summary.name] = chart(summary);
  for (const [name, picture] of Object.entries(pictures)) {
    if (picture) writeFileSync(join(charts, `${name}.svg`), picture);
  }
  const style = await resolveConfig(join(ROOT, 'docs'));
  writeFileSync(join(ROOT, folder, 'benchmarks.md'), await format(page(entries), { ...style, parser: 'markdown' }));
}
