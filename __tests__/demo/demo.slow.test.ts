import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run demo` runs. */
function demo(words: readonly string[], node: readonly string[] = []): Run {
  return spawnSync(process.execPath, [...node, join(ROOT, 'scripts/demo.mjs'), ...words], { encoding: 'utf8' });
}

// The brown-out takes seven seconds, and is in the whole demo, which `.ci/run` runs.
test('scenes print what happened with both clients, in 80 columns and without control characters', () => {
  const { status, stdout, stderr } = demo(['1', '2', '3', '6']);

  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ {2}call +http\.post\(url, order\) +client\.post\(url,\n +\{ json: order \}\)$/m);
  expect(stdout).toMatch(/^ {2}orders created +✗ 4 +✓ 1$/m);
  expect(stdout).toMatch(/^ {2}bytes stored +✗ 0 +✓ 1,048,576$/m);
  expect(stdout).toMatch(/^ {2}console\.log\(error\) +✗ token 3 × in \d+ lines +✓ token not in \d+ lines$/m);
  expect(stdout).toMatch(/^ {2}6\. caller leaves at 1 s +2\.\d s of work for nobody +0\.\d s of work for nobody$/m);
  expect(Array.from(stdout).filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(status).toBe(0);
});

test('the demo fails if a scene does not show what it claims', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const stub = join(folder, 'without-retries.cjs');
  const filename = require.resolve('axios-retry');
  const entry = `{ id: '${filename}', filename: '${filename}', loaded: true, exports: { __esModule: true, default() {} } }`;
  writeFileSync(stub, `require.cache['${filename}'] = ${entry};`);

  const { status, stdout } = demo(['1'], ['--require', stub]);
  rmSync(folder, { recursive: true });

  expect(stdout).toContain('✗ Not so in this run: axios-retry creates four orders');
  expect(stdout).toContain('✗ Not as claimed: scene 1');
  expect(status).toBe(1);
});

test('a wrong argument gets the reason and the usage', () => {
  const { status, stderr } = demo(['7']);

  expect(stderr).toMatch(/^Scene 7 does not exist: there are scenes 1 to 6\.\n\n.*npm run demo -- 3 /s);
  expect(status).toBe(2);
});

test('--list names six scenes', () => {
  const { status, stdout } = demo(['--list']);

  expect(stdout.match(/^[1-6] {2}\S.*$/gm)).toHaveLength(6);
  expect(status).toBe(0);
});
