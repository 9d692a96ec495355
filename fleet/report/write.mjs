// Writes the page and its charts.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { chart } from './chart.mjs';
import { load, writeCharts } from '../real/report/write.mjs';
import { page } from './page.mjs';

const ROOT = join(import.meta.dirname, '../..');

export async function write(sections, settings) {
  const folder = join(ROOT, settings.isFull ? 'docs' : '.build/fleet');
  const charts = join(folder, 'fleet');
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts, { recursive: true });
  for (const scenario of sections.flatMap(({ scenarios }) => scenarios)) {
    if (scenario.hasChart) writeFileSync(join(charts, `${scenario.name}.svg`), chart(scenario));
  }
  const real = load();
  if (real) writeCharts(real, charts);
  const style = await resolveConfig(join(ROOT, 'docs'));
  writeFileSync(
    join(folder, 'fleet.md'),
    await format(page(sections, real, settings), { ...style, parser: 'markdown' }),
  );
  console.log(settings.isFull ? 'Written: docs/fleet.md' : 'Not a full run: docs/fleet.md stays as it is.');
}
