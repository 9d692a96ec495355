import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

const FEW = 'json,chunked,204,until-close,400,500,gzip';
/** Some of each file of `storm/kinds`. */
const MANY = [
  FEW,
  'json,large,early-hints,head-with-body,204-with-late-body,stray-bytes,two-responses,refused,accept-close',
  'length-cut-reset,chunked-cut-close,not-http,two-lengths,chunk-size-word,stall,never-reads,gzip-bomb,too-large-chunked',
  '401-once,429-retry-after-long,early-413,redirect-303,redirect-307,redirect-ftp',
].join(',');

/** Runs the storm against the built package. */
function storm(...options: string[]): { readonly status: number | null; readonly output: string } {
  const args = ['--expose-gc', join(builtPackage(), 'storm/run.mjs'), '--seed', '1', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('the calls of a run end as they may, and leave nothing behind', () => {
  const { status, output } = storm('--calls', '2000', '--only', MANY);

  expect(output).toMatch(/^\d\d\d calls, \d+ requests, .*\n0 faults$/m);
  expect(status).toBe(0);
});

test.each([
  ['permission', 'attempt 1 ended with 200'],
  ['duplicate', 'the service counted 2 requests instead of 1'],
  ['journal', 'it succeeded with 200, and the journal ends with undefined'],
  ['unsettled', 'its promise did not settle in time'],
  ['listener', '1 listeners were left on a signal that calls shared'],
  ['socket', 'sockets were left 2 s after the clients were closed'],
  ['timer', 'these were left: 1 Timeout'],
  ['memory', 'the heap grew by'],
])('a run with a planted fault fails: %s', (fault, words) => {
  const { status, output } = storm('--calls', '2000', '--only', FEW, '--plant', fault);

  expect(output).toContain(words);
  expect(status).toBe(1);
});

test('a fault shows the call, what was permitted, the result, the journal, and how to repeat it', () => {
  const { output } = storm('--calls', '2000', '--only', '500', '--transport', 'http', '--plant', 'permission');

  expect(output).toMatch(/^FAULT {2}call \d+, http, 500: the service responds with 500$/m);
  expect(output).toMatch(/^ {2}permitted {2}attempts: 299/m);
  expect(output).toMatch(/^ {2}journal {4}#1 [\d.]+ s {2}500 {2}/m);
  const [, index = ''] = /--seed 1 --call (\d+) --transport http$/m.exec(output) ?? [];
  expect(storm('--call', index, '--plant', 'permission').output).toContain(`FAULT  call ${index}, http, 500:`);
});

test.each([
  [['--only', 'jason'], '--only must be among the kinds that --list prints; got jason'],
  [['--calls', 'many'], '--calls must be an integer of at least 1, got many'],
  [['--transport', 'fetch'], '--transport must be among http, undici, axios; got fetch'],
])('a wrong argument is refused: %j', (options, words) => {
  const { status, output } = storm(...options);

  expect(output).toContain(words);
  expect(status).toBe(1);
});
