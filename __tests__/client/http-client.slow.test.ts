import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtPackage } from '../support/built-package';
import { service } from '../support/service';

test.each([
  ['http', ''],
  ['undici', "transport: require('@hdms/http-client/undici').undici()"],
])('over %s, close lets the process exit', async (_, options) => {
  const api = await service([{ json: { id: 1 } }]);
  const script = `
      const { HTTPClient } = require('@hdms/http-client');
      const client = new HTTPClient({ ${options} });
      client.getJson('${api.url}').then((user) => { client.close(); console.log(user.id); });`;

  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    cwd: builtPackage(),
    timeout: 20_000,
  });

  expect(stdout).toBe('1\n');
});
