// Writes the page, its charts, and the results that both are created from.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { chart } from './chart.mjs';
import { page } from './page.mjs';

export const ROOT = join(import.meta.dirname, '../..');
const FIGURES = join(ROOT, 'node_modules/.cache/bench/results.json');

/** Saves the results, so that the page can be written again when the notes change. */
export function save(results) {
  mkdirSync(dirname(FIGURES), { recursive: true });
  writeFileSync(FIGURES, JSON.stringify(results));
}

/** Replaces the results of scenarios that were measured again. */
export function merge(results) {
  if (!existsSync(FIGURES)) return results;
  const again = new Map(results.scenarios.map((scenario) => [scenario.name, scenario]));
  const scenarios = load().scenarios.map((scenario) => again.get(scenario.name) ?? scenario);
  const known = new Set(scenarios.map(({ name }) => name));
  return { ...results, scenarios: [...scenarios, ...results.scenarios.filter(({ name }) => !known.has(name))] };
}

/** @throws Error if no run has saved its results */
export function load() {
  if (!existsSync(FIGURES)) throw new Error('There are no figures: run `npm run bench` first');
  return JSON.parse(readFileSync(FIGURES, 'utf8'));
}

export async function write(results, folder = 'docs') {
  const file = join(ROOT, folder, 'benchmarks.md');
  const charts = join(ROOT, folder, 'benchmarks');
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts, { recursive: true });
  for (const scenario of results.scenarios) writeFileSync(join(charts, `${scenario.name}.svg`), chart(scenario));
  const style = await resolveConfig(join(ROOT, 'docs'));
  writeFileSync(file, await format(page(results), { ...style, parser: 'markdown' }));
}
