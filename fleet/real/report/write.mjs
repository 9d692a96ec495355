// Writes the section as Markdown, with its charts, and its figures.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { chart } from '../../report/chart.mjs';
import { sectionTable } from './tables.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const NOTES = join(import.meta.dirname, '../notes.md');
/** Those of the last full run, so that the page can be written without another one. */
const FIGURES = join(import.meta.dirname, '../figures.json');

/** JSON has no Infinity. */
const NEVER = 'never';

/** @returns the section of the last full run; `undefined` if there was none */
export function load() {
  if (!existsSync(FIGURES)) return undefined;
  return JSON.parse(readFileSync(FIGURES, 'utf8'), (_, value) => (value === NEVER ? Infinity : value));
}

/** notes.md has the prose; its comments stand for what is generated. The charts are in the folder `fleet` beside it. */
export function markdown(section) {
  const { machine, pauses, charts, clients } = section;
  const parts = {
    machine,
    charts: charts.map(({ name, title }) => `![Goodput over time: ${title}](fleet/${name}.svg)`).join('\n\n'),
    table: table(sectionTable(section)),
    clients: clients.map(describe).join('\n'),
    pause: `${Math.round(Math.max(...Object.values(pauses)))} ms`,
  };
  return readFileSync(NOTES, 'utf8').replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
}

export function writeCharts(section, folder) {
  mkdirSync(folder, { recursive: true });
  for (const one of section.charts) writeFileSync(join(folder, `${one.name}.svg`), chart(one));
}

/** A full run also saves its figures for the page. */
export async function write(section, { isFull }) {
  const folder = join(ROOT, '.build/fleet-real');
  writeCharts(section, join(folder, 'fleet'));
  const style = await resolveConfig(join(ROOT, 'docs'));
  writeFileSync(join(folder, 'real.md'), await format(markdown(section), { ...style, parser: 'markdown' }));
  const text = JSON.stringify(section, (_, value) => (value === Infinity ? NEVER : value));
  const figures = isFull ? FIGURES : join(folder, 'figures.json');
  writeFileSync(figures, await format(text, { ...style, parser: 'json' }));
  console.log(`Written: .build/fleet-real/real.md, ${figures.slice(ROOT.length + 1)}`);
}

function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((text, index) => (index === 0 || text === '' ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

function describe({ label, settings, versions }) {
  const named = versions.length === 0 ? '' : ` (${versions.join(', ')})`;
  return `- ${label}${named}: ${settings}.`;
}
