import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { join } from 'node:path';
import { CLIENTS } from '../clients.mjs';
import { isPinned } from '../process.mjs';
import { ROOT } from './write.mjs';

/** The machine and the versions on which the results depend. */
export function machine() {
  const packages = new Set(['axios', ...Object.values(CLIENTS).flatMap((client) => client.package ?? [])]);
  return {
    cpu: cpus()[0].model,
    cores: cpus().length,
    system: `${platform()} ${release().split('-')[0]}, ${arch()}`,
    node: process.version,
    isPinned,
    date: new Date().toISOString().slice(0, 10),
    versions: Object.fromEntries([...packages].map((name) => [name, versionOf(join('node_modules', name))])),
    version: versionOf('.'),
  };
}

function versionOf(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')).version;
}
