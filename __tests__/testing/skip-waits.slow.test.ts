import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

test('with the mock timers of node:test the waits pass at once', () => {
  const file = join(__dirname, '../support/skip-waits.node-test.mjs');

  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
    encoding: 'utf8',
    env: { ...process.env, PACKAGE: builtPackage(), NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });

  expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass 4$/m)]);
});
