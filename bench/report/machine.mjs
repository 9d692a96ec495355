import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { join } from 'node:path';
import { canKeepAwake } from '../awake.mjs';
import { CLIENTS } from '../clients.mjs';
import { isPinned } from '../process.mjs';
import { ROOT } from '../results.mjs';

/** What the results of a run depend on: commit, machine, versions and settings. */
export function conditions({ rounds, slice, warmUp, warmCalls }) {
  const packages = new Set(['axios', ...Object.values(CLIENTS).flatMap((client) => client.package ?? [])]);
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  return {
    at: `${new Date().toISOString().slice(0, 16)}Z`,
    version: versionOf('.'),
    ...(commit && { commit }),
    node: process.version,
    machine: {
      cpu: cpus()[0].model,
      cores: cpus().length,
      system: `${platform()} ${release().split('-')[0]}, ${arch()}`,
      isPinned,
      isAwake: canKeepAwake,
    },
    packages: Object.fromEntries([...packages].map((name) => [name, versionOf(join('node_modules', name))])),
    settings: { rounds, slice, warmUp, warmCalls },
  };
}

function versionOf(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')).version;
}
