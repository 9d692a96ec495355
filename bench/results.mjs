// The results of runs, which are kept in the repository: a file per run, with medians and quartiles.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

export const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(import.meta.dirname, 'results');

/** All results, the oldest first. */
export function readResults(folder = FOLDER) {
  const files = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.json'));
  const entries = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return entries.sort((a, b) => a.at.localeCompare(b.at));
}

/**
 * A run of the same day and commit as one before it, perhaps of some scenarios only: what it measured again replaces what
 * that one measured.
 */
export function merged(known, entry) {
  if (!known) return entry;
  const again = new Set(entry.scenarios.map(({ name }) => name));
  return { ...entry, scenarios: [...known.scenarios.filter(({ name }) => !again.has(name)), ...entry.scenarios] };
}

/** @returns the path of the file */
export async function saveResults(entry, folder = FOLDER) {
  mkdirSync(folder, { recursive: true });
  const known = readResults(folder).find((other) => keyOf(other) === keyOf(entry));
  const file = join(folder, `${keyOf(entry)}.json`);
  const style = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(merged(known, entry)), { ...style, parser: 'json' }));
  return file;
}

/**
 * The newest result of each scenario, in the order of `names`. One that comes from another run than the newest has this run:
 * `from`.
 */
export function newest(entries, names) {
  const last = entries.at(-1);
  const scenarios = names.flatMap((name) => {
    const entry = entries.findLast(({ scenarios }) => scenarios.some((scenario) => scenario.name === name));
    const scenario = entry?.scenarios.find((other) => other.name === name);
    if (!scenario) return [];
    return [entry === last ? scenario : { ...scenario, from: { ...entry, scenarios: [] } }];
  });
  return { ...last, scenarios };
}

/** A run, in words. */
export const labelOfRun = ({ at, version }) => `${at.slice(0, 10)}, version ${version}`;

function keyOf({ at, commit }) {
  return [at.slice(0, 10), commit?.slice(0, 7)].filter(Boolean).join('-');
}
