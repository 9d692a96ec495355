import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

const ROOT = join(__dirname, '../..');

test.each(readdirSync(__dirname).filter((name) => name.endsWith('.node-test.mjs')))('%s', (name) => {
  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', join(__dirname, name)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });

  expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass [1-9]/m)]);
});

/** A repository with two commits: in the first one the build works, in the second one it fails. Temporary folders go to `temporary`. */
const repository = mkdtempSync(join(tmpdir(), 'bench-repository-'));
const temporary = join(repository, 'temporary');
const git = (...args: string[]) =>
  spawnSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: repository });

beforeAll(() => {
  cpSync(join(ROOT, 'bench'), join(repository, 'bench'), { recursive: true });
  for (const name of ['dist', 'built'])
    cpSync(join(builtPackage(), 'dist'), join(repository, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'));
  mkdirSync(temporary);
  writeFileSync(join(repository, '.gitignore'), 'node_modules\ndist\ntemporary\n.build\n');
  git('init', '-b', 'main');
  commit('works', 'cp -r built dist');
  commit('fails', 'echo no such type >&2; exit 2');
});

afterAll(() => {
  rmSync(repository, { recursive: true, force: true });
});

function commit(tag: string, build: string): void {
  const description = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object;
  writeFileSync(join(repository, 'package-lock.json'), tag);
  writeFileSync(join(repository, 'package.json'), JSON.stringify({ ...description, scripts: { build } }));
  git('add', '.');
  git('commit', '-m', tag);
  git('tag', tag);
}

const command = (args: readonly string[]) => [join(repository, 'bench/run.mjs'), ...args];
const env = { ...process.env, TMPDIR: temporary, NODE_OPTIONS: '' };

function bench(...args: string[]) {
  return spawnSync(process.execPath, command(args), { cwd: repository, encoding: 'utf8', env });
}

/** Worktrees besides the repository itself, and temporary folders. */
function leftovers(): string[] {
  const worktrees =
    git('worktree', 'list', '--porcelain')
      .stdout.toString()
      .match(/^worktree .*/gm) ?? [];
  return [...worktrees.slice(1), ...readdirSync(temporary)];
}

test('a quick run measures, and writes page and charts beside those of the last full run', () => {
  const { status, stdout, stderr } = bench(
    '--quick',
    '--only',
    'get-200-c1,startup',
    '--clients',
    'hdms-http,raw-http',
  );

  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ {2}HTTPClient, http ÷ raw node:http +\d/m);
  expect(stdout).toContain('Not a full run: docs/benchmarks.md stays as it is.');
  expect(readFileSync(join(repository, '.build/bench/benchmarks.md'), 'utf8')).toContain('## Start-up');
  expect(existsSync(join(repository, '.build/bench/benchmarks/get-200-c1.svg'))).toBe(true);
  expect(status).toBe(0);
});

test('a comparison measures both builds, and removes the other one', () => {
  const only = ['--only', 'get-200-c1', '--clients', 'hdms-http'];
  const { status, stdout, stderr } = bench('--quick', '--compare', 'works', ...only);

  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ {2}HTTPClient, http +\d.*\(.* to .*\)/m);
  expect(stdout).toContain('Its package-lock.json is another one');
  expect(leftovers()).toEqual([]);
  expect(status).toBe(0);
});

test.each([
  [['--compare', 'nope'], '--compare must name a commit, branch or tag of this repository, got "nope"\n'],
  [['--compare', 'fails'], 'the build of fails with the installed packages failed (2):\nno such type\n'],
  [['--rounds', 'some'], '--rounds must be an integer from 1 to 1000, got "some"\n'],
])('%j is refused, and leaves nothing behind', (args, message) => {
  const { status, stderr } = bench(...args);

  expect(stderr).toBe(`npm run bench: ${message}`);
  expect(leftovers()).toEqual([]);
  expect(status).toBe(1);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a comparison and removes the other build', async (signal, code) => {
  const child = spawn(process.execPath, command(['--compare', 'works', '--quick']), { cwd: repository, env });
  for await (const output of child.stdout) if (String(output).includes('[1/')) break;
  expect(leftovers()).not.toEqual([]);

  child.kill(signal);
  const [status] = (await once(child, 'exit')) as [number];

  expect(leftovers()).toEqual([]);
  expect(status).toBe(code);
});
