import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { builtPackage } from '../support/sharing-process';

test('arktype does what zod and valibot do', () => {
  const root = dirname(dirname(builtPackage()));
  const file = join(__dirname, 'arktype.node-test.mjs');

  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
    encoding: 'utf8',
    env: { ...process.env, PACKAGE: root, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });

  expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass 11$/m)]);
}, 120_000);
