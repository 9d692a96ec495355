import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { HTTPClient } from '../../src/index';
import { builtPackage } from '../support/built-package';
import { inspector } from '../support/inspector';
import { service } from '../support/service';

const CLI = join(builtPackage(), 'dist/inspector/cli.js');

test('tail in a pipe that is closed ends without noise', async () => {
  const api = await service();
  const { url } = await inspector();
  const client = new HTTPClient({ token: null });
  await client.get(api.url);
  const child = spawn('sh', ['-c', `"${process.execPath}" "${CLI}" tail "${url}" | head -1`]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));

  const timer = setInterval(() => void client.get(api.url), 20);
  await once(child, 'close');
  clearInterval(timer);

  expect(output.stdout).toMatch(/ 200 GET /);
  expect(output.stderr).toBe('');
});
