import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

const REGISTER = join(builtPackage(), 'dist/inspector/register.js');

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
  expect(stderr).toContain("The inspector did not start. HDMS_INSPECTOR_PORT is '99999'. RangeError: ");
  expect(stderr).toContain('`port` must be an integer from 0 to 65535');
});

test('nothing of the inspector is loaded by the other entry points, with a Nest module that has none', () => {
  const entries = ['index', 'express/index', 'logging/index', 'testing/index', 'nestjs/index'];
  const paths = entries.map((entry) => join(builtPackage(), `dist/${entry}.js`));
  const script = `
    require('reflect-metadata');
    const [, , , , { HTTPClientModule }] = ${JSON.stringify(paths)}.map((path) => require(path));
    HTTPClientModule.forRoot({ inspector: false });
    const inspectors = () => Object.keys(require.cache).filter((file) => /dist.inspector/.test(file)).length;
    const before = inspectors();
    HTTPClientModule.forRoot({ inspector: {} });
    console.log(before, inspectors() > 0);
  `;

  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    cwd: builtPackage(),
  });

  expect({ stdout, stderr }).toEqual({ stdout: '0 true\n', stderr: '' });
});
