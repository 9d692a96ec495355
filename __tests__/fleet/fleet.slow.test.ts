import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

/** A program of the fleet, against the built package. */
function run(file: string, ...options: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...options], {
    cwd: builtPackage(),
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const fleet = (...options: string[]) => run('fleet/run.mjs', ...options);

/** Without the progress, which tells the time. */
const figures = (output: string) => output.slice(output.indexOf('\nGoals\n'));

test('the retry budget reaches every goal', () => {
  const { status, output } = fleet('--quick');

  expect(figures(output).match(/[≤≥] .* {2}met$/gm)).toHaveLength(13);
  expect(output).not.toContain('not met');
  expect(status).toBe(0);
});

test('retries without a budget hold a service down that was slow for 10 s', () => {
  const { status, output } = fleet('--quick', '--only', 'brown-out', '--judge', 'unlimited');

  expect(output.match(/^Goal missed: 20 × slower for 10 s: .*, [AB]$/gm)).toHaveLength(2);
  expect(output.match(/ {2}never /g)).toHaveLength(2);
  expect(status).toBe(1);
});

test('without retries, a service that was killed serves none of the calls', () => {
  const { output } = fleet('--quick', '--only', 'killed', '--judge', 'none');

  expect(output.match(/^Goal missed: killed, and back after 3 s/gm)).toHaveLength(2);
});

test('a seed stands for the same figures each time, and another one for others', () => {
  const [first, again, other] = ['7', '7', '8'].map((seed) =>
    figures(fleet('--quick', '--only', 'errors', '--seed', seed).output),
  );

  expect(first).toContain('calls that fail');
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

// Of M/M/c queues: Erlang's formula C for those with workers in a row; for one that all share, the same mean.
test.each([
  ['Fifo', 1, 0.7, 0.0667],
  ['Fifo', 20, 0.9, 0.0255],
  ['ProcessorSharing', 1, 0.7, 0.0667],
  ['ProcessorSharing', 20, 0.9, 0.0255],
])('%s with %d workers, busy for %d of the time, takes as long as in theory', (queue, workers, load, seconds) => {
  const { output } = run(join(__dirname, 'mean-response.mjs'), builtPackage(), queue, String(workers), String(load));

  expect(Math.abs(Number(output) / seconds - 1)).toBeLessThan(0.05);
});

test.each([
  [['--seed', 'some'], '--seed must be an integer of at least 1, got some'],
  [['--judge', 'me'], '--judge must be among none, unlimited'],
])('a wrong argument is refused: %j', (options, words) => {
  const { status, output } = fleet(...options);

  expect(output).toContain(words);
  expect(status).toBe(1);
});
