import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

test('arktype does what zod and valibot do', () => {
  const file = join(__dirname, 'arktype.node-test.mjs');

  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
    encoding: 'utf8',
    env: { ...process.env, PACKAGE: builtPackage(), NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });

  expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass 11$/m)]);
});
