// The build of another commit, in a worktree that is removed when the process ends, however it ends.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../results.mjs';
import { UsageError } from '../settings.mjs';

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
/** Lines of the output of a failed build. */
const SHOWN = 15;

/** @throws UsageError if there is no such commit, or it cannot be built */
export async function otherBuild(ref) {
  const commit = commitOf(ref);
  const folder = mkdtempSync(join(tmpdir(), 'hdms-bench-'));
  const tree = join(folder, commit);
  const remove = () => {
    git('worktree', 'remove', '--force', tree);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  // Without a listener, a signal ends the process before its `exit`.
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
  const { status, stderr } = git('worktree', 'add', '--detach', tree, commit);
  if (status !== 0) throw new UsageError(`git could not check out ${commit}: ${stderr.trim()}`);
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'), 'dir');
  console.log(`Building ${ref} (${commit})…`);
  if (git('diff', '--quiet', commit, '--', 'package-lock.json').status !== 0) {
    console.log('Its package-lock.json is another one: both builds use the packages that are installed here.');
  }
  await build(ref, tree);
  // The same harness measures both builds; it finds the package that it stands in.
  const bench = join(tree, 'bench');
  rmSync(bench, { recursive: true, force: true });
  cpSync(join(ROOT, 'bench'), bench, { recursive: true });
  return { commit, bench, remove: () => void (process.off('exit', remove), remove()) };
}

/** The abbreviated commit of a ref. */
function commitOf(ref) {
  const { status, stdout, error } = git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--short',
    '--end-of-options',
    `${ref}^{commit}`,
  );
  if (error) throw new UsageError(`--compare needs git: ${error.message}`);
  if (status === 0) return stdout.trim();
  throw new UsageError(`--compare must name a commit, branch or tag of this repository, got ${JSON.stringify(ref)}`);
}

async function build(ref, tree) {
  const child = spawn('npm', ['run', '-s', 'build'], { cwd: tree, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill();
  process.once('exit', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code, signal] = await once(child, 'close');
  process.off('exit', stop);
  if (code === 0) return;
  const lines = output.trim().split('\n').slice(-SHOWN);
  throw new UsageError(
    `the build of ${ref} with the installed packages failed (${signal ?? code}):\n${lines.join('\n')}`,
  );
}

function git(...args) {
  return spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}
