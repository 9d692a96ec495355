import { PassThrough } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { run } from '../../src/inspector/terminal';
import { inspector } from '../support/inspector';
import { service } from '../support/service';

async function runAndRead(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const status = await run(args, { stdout, stderr });
  return { status, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test.each([[[]], [['--help']], [['-h']]])('%j prints how to use it', async (args) => {
  const { status, stdout, stderr } = await runAndRead(...args);

  expect(status).toBe(0);
  expect(stdout).toContain('hdms-http-client tail <address>');
  expect(stderr).toBe('');
});

test.each([
  [['follow', 'http://a/?key=b'], 'There is no command follow.'],
  [['tail'], 'tail takes one address.'],
  [['har', 'http://a/?key=b', 'c'], 'har takes one address.'],
  [['tail', 'foo'], 'The address must be the one that the inspector printed'],
  [['tail', '--fail', 'http://a/?key=b'], "Unknown option '--fail'"],
])('%j is explained', async (args, message) => {
  const { status, stdout, stderr } = await runAndRead(...args);

  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('--json');
  expect(stdout).toBe('');
});

test('an inspector that cannot be reached is an error', async () => {
  const { status, stderr } = await runAndRead('har', 'http://127.0.0.1:1/?key=k');

  expect(status).toBe(1);
  expect(stderr).toMatch(/^No inspector can be reached at http:\/\/127\.0\.0\.1:1: /);
});

test('har prints the calls that are kept', async () => {
  const api = await service();
  const { url } = await inspector();
  await new HTTPClient({ token: null }).get(`${api.url}/users`);

  const { status, stdout } = await runAndRead('har', url);

  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ log: { entries: [{ request: { url: `${api.url}/users` } }] } });
});

test('tail prints calls until the service ends; --failed and --json choose which, and how', async () => {
  const api = await service([{ status: 200 }, { status: 404 }]);
  const running = await inspector();
  const { url } = running;
  const client = new HTTPClient({ token: null });
  await client.get(`${api.url}/users/1`);
  await client.get(`${api.url}/users/2`).catch(() => undefined);

  const all = runAndRead('tail', url);
  const failed = runAndRead('tail', url, '--failed', '--json');
  await new Promise((resolve) => setTimeout(resolve, 500));
  await running.close();

  expect((await all).stdout).toMatch(/ 200 GET .*\/users\/1 .*\n.* 404 GET .*\/users\/2 .*CLIENT_ERROR\n$/);
  expect(JSON.parse((await failed).stdout)).toMatchObject({ state: 'failed', status: 404 });
});
