import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** Folders with programs that are run against the package: beside it, they find it by name. */
const PROGRAMS = ['bench', 'fleet', 'storm'];

/**
 * Builds the package once for all tests of a run. Processes load what is published, and start as fast as services do,
 * which they would not if each had to compile the sources.
 */
export default function buildPackage(): void {
  const directory = mkdtempSync(join(tmpdir(), 'http-client-'));
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  // By its `exports`, a program below finds the package by name.
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(directory, 'dist'), '--noCheck'];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the package could not be built: ${stdout}`);
  for (const script of ['bundle', 'module-entries', 'build-page']) {
    const step = spawnSync(process.execPath, [join(ROOT, `scripts/${script}.mjs`), directory], { encoding: 'utf8' });
    if (step.status !== 0) throw new Error(`the package could not be built (${script}): ${step.stderr}`);
  }
  // Once, because tests run at the same time, and files that are copied again are missing meanwhile.
  for (const folder of PROGRAMS) cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
  process.env['BUILT_PACKAGE'] = directory;
}
