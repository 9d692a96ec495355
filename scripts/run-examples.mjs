// Runs every compiled example, one after the other: a file, or the `drive` of a folder, which starts the service in that
// folder and sends it requests. Prints the output of examples that fail.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LIMIT = 30_000;
const directory = join(import.meta.dirname, '..', '.build', 'examples');
const examples = readdirSync(directory)
  .map((name) => (name.endsWith('.js') ? name : join(name, 'drive.js')))
  .filter((name) => existsSync(join(directory, name)));

if (examples.length === 0) throw new Error(`No example found in ${directory}`);
const failed = examples.filter((name, index) => {
  process.stdout.write(`[${index + 1}/${examples.length}] ${name.replace(/(\/drive)?\.js$/, '')} … `);
  const start = performance.now();
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, [join(directory, name)], {
    encoding: 'utf8',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const isOK = status === 0;
  const why = error?.message ?? (signal ? `killed by ${signal}` : `exit code ${status}`);
  console.log(isOK ? `ok (${time})` : `FAILED: ${why} (${time})\n${stdout}${stderr}`);
  return !isOK;
});

console.log(`${examples.length - failed.length} of ${examples.length} examples succeeded`);
if (failed.length > 0) process.exitCode = 1;
