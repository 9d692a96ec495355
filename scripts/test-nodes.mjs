// Runs the test suite on every Node line that the package supports, from npm's `node` packages.
import { spawnSync } from 'node:child_process';

const VERSIONS = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24'];

for (const version of VERSIONS) {
  console.log(`\nNode ${version}`);
  const args = ['--yes', `--package=node@${version}`, '--', 'node', 'node_modules/jest/bin/jest.js', '--silent'];
  const { status } = spawnSync('npx', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
