// Runs the test suite on every Node line that the package supports, from npm's `node` packages; where undici 8 runs, what
// goes over undici once more with that.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24'];
/** The first Node line that undici 8 supports. Installed here, `npm ci` would complain of it on the others. */
const FIRST_WITH_UNDICI_8 = 22;

const folder = mkdtempSync(join(tmpdir(), 'undici-8-'));
try {
  process.exitCode = testAll() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function testAll() {
  let undici8;
  for (const version of VERSIONS) {
    console.log(`\nNode ${version}`);
    if (!test(version)) return false;
    if (Number.parseInt(version, 10) < FIRST_WITH_UNDICI_8) continue;
    undici8 ??= installUndici8();
    console.log(`\nNode ${version}, undici ${undici8.UNDICI_VERSION}`);
    if (!test(version, ['--selectProjects', 'undici'], undici8)) return false;
  }
  return true;
}

function test(version, options = [], env = {}) {
  return run(
    'npx',
    ['--yes', `--package=node@${version}`, '--', 'node', 'node_modules/jest/bin/jest.js', '--silent', ...options],
    env,
  );
}

/** What jest.config.ts and the test of the version read. */
function installUndici8() {
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!run('npm', ['install', ...quiet, '--prefix', folder, 'undici@8']))
    throw new Error('undici 8 cannot be installed');
  const path = join(folder, 'node_modules/undici');
  return { UNDICI_PATH: path, UNDICI_VERSION: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).version };
}

function run(command, args, env = {}) {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}
