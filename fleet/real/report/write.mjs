// Writes the section as Markdown, and its figures.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { CONTESTANTS } from '../contestants.mjs';
import { sectionTable } from './tables.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const NOTES = join(import.meta.dirname, '../notes.md');

/** notes.md has the prose; its comments stand for what is generated. */
export function markdown(section) {
  const parts = {
    table: table(sectionTable(section)),
    clients: clients(section),
    machine: `Node ${process.version}, ${availableParallelism()} cores`,
    pause: `${Math.round(Math.max(...Object.values(section.pauses)))} ms`,
  };
  return readFileSync(NOTES, 'utf8').replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
}

export async function write(section, folder = join(ROOT, '.build/fleet')) {
  mkdirSync(folder, { recursive: true });
  // JSON has no Infinity, which stands for never.
  const withNever = (_, value) => (value === Infinity ? 'never' : value);
  writeFileSync(join(folder, 'real.json'), JSON.stringify(section, withNever, 1));
  const style = await resolveConfig(join(ROOT, 'docs'));
  writeFileSync(join(folder, 'real.md'), await format(markdown(section), { ...style, parser: 'markdown' }));
}

function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((text, index) => (index === 0 || text === '' ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

function clients({ scenarios }) {
  const shown = Object.entries(CONTESTANTS).filter(([name]) => scenarios.some(({ figures }) => figures[name]));
  return shown.map(([, client]) => `- ${client.label}${versions(client)}: ${client.settings}.`).join('\n');
}

function versions({ packages = [] }) {
  const named = packages.map((name) => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  return named.length === 0 ? '' : ` (${named.join(', ')})`;
}
