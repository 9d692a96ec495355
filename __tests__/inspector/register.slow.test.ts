import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const REGISTER = resolve(__dirname, '../../dist/inspector/register.js');

function run(script: string, env: NodeJS.ProcessEnv = {}): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, ['--require', REGISTER, '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

test('prints the address on stderr, and does not keep the process running', () => {
  const { status, stdout, stderr } = run('setTimeout(() => console.log("done"), 200)');

  expect({ status, stdout }).toEqual({ status: 0, stdout: 'done\n' });
  expect(stderr).toMatch(/^The calls of this process: http:\/\/127\.0\.0\.1:\d+\/\?key=\S{32}\n$/);
});

test('a port that cannot be used harms nothing', () => {
  const { status, stdout, stderr } = run('setTimeout(() => console.log("done"), 200)', {
    HDMS_INSPECTOR_PORT: '99999',
  });

  expect({ status, stdout }).toEqual({ status: 0, stdout: 'done\n' });
  expect(stderr).toContain('The inspector did not start: ');
  expect(stderr).toContain('`port` must be an integer from 0 to 65535');
});
