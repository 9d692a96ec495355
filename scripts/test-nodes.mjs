// Runs the tests that depend on Node on further Node lines, from npm's `node` packages: node scripts/test-nodes.mjs 22 24
// On the last line, the tests over undici run once more with undici 8, if that supports it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];
/** The first Node line that undici 8 supports. As a devDependency, undici 8 would make `npm ci` warn on older ones. */
const FIRST_WITH_UNDICI_8 = 22;

/** The rooms that use Node's sockets, streams, contexts, stacks or cryptography. The others behave the same on every Node line. */
const ROOMS = [
  ...['call', 'client', 'context', 'errors', 'express', 'lean-axios', 'plugins', 'request', 'stores', 'tokens'],
  ...['stack', 'transports', 'util', 'wire'],
];
/** The rooms of the slow tier that run the package in processes of that Node line. */
const PROCESSES = ['chain', 'client', 'schema', 'testing'];

const folder = mkdtempSync(join(tmpdir(), 'undici-8-'));
try {
  process.exitCode = testAll() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function testAll() {
  for (const version of VERSIONS) {
    if (!test(version, `Node ${version}`, ['--testPathPatterns', roomsOf(ROOMS)])) return false;
    const processes = ['--config', 'jest.slow.config.ts', '--testPathPatterns', `${roomsOf(PROCESSES)}.*slow`];
    if (!test(version, `Node ${version}, processes`, processes)) return false;
  }
  const newest = VERSIONS.at(-1);
  if (Number.parseInt(newest, 10) < FIRST_WITH_UNDICI_8) return true;
  const undici8 = installUndici8();
  return test(newest, `Node ${newest}, undici ${undici8.UNDICI_VERSION}`, ['--selectProjects', 'undici'], undici8);
}

function roomsOf(names) {
  return `__tests__/(${names.join('|')})/`;
}

/** @returns whether the tests passed */
function test(version, title, options, env = {}) {
  console.log(`\n${title}`);
  const jest = ['node', 'node_modules/jest/bin/jest.js', '--silent', ...options];
  const isGreen = run('npx', ['--yes', `--package=node@${version}`, '--', ...jest], env);
  if (!isGreen) console.error(`FAILED: ${title}`);
  return isGreen;
}

/** @returns environment variables that jest.config.ts and the test of the undici version read */
function installUndici8() {
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!run('npm', ['install', ...quiet, '--prefix', folder, 'undici@8']))
    throw new Error('undici 8 could not be installed');
  const path = join(folder, 'node_modules/undici');
  return { UNDICI_PATH: path, UNDICI_VERSION: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).version };
}

function run(command, args, env = {}) {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}
