import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import axios from 'axios';
import { HTTPClient } from '../../src/index';

/** Responds after 50 ms, to `/gzip` with a compressed body. It is a process of its own: this one is busy meanwhile. */
const SERVICE = `require('node:http')
  .createServer(({ url }, response) => setTimeout(() => {
    if (url !== '/gzip') return response.end('on time');
    response.setHeader('Content-Encoding', 'gzip').end(require('node:zlib').gzipSync('on time'));
  }, 50))
  .listen(0, '127.0.0.1', function () { process.send(this.address().port); });`;

let child: ChildProcess;
let url: string;

beforeAll(async () => {
  child = spawn(execPath, ['-e', SERVICE], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  url = `http://127.0.0.1:${port}`;
});

afterAll(() => child.kill());

function beBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

test.each([
  ['response', 'timeout', '/', { timeout: 0.5 }],
  ['response', 'deadline', '/', { deadline: 0.5 }],
  ['compressed response', 'timeout', '/gzip', { timeout: 0.5 }],
  ["response to axios's fetch adapter", 'timeout', '/', { timeout: 0.5, adapter: 'fetch' }],
  ['response to an adapter of the caller', 'deadline', '/', { deadline: 0.5, adapter: axios.getAdapter('http') }],
])('a %s that came within the %s is not late because the process was busy', async (_, _limit, path, limit) => {
  const client = new HTTPClient({ retryAttempts: 0, ...limit });
  await client.get(url, { timeout: 10, deadline: 10 });

  const response = client.get<string>(url + path);
  await new Promise((resolve) => setTimeout(resolve, 10));
  // Timers come next after this phase of the event loop, and sockets after them.
  setImmediate(beBusy, 1000);

  await expect(response).resolves.toMatchObject({ data: 'on time' });
  client.close();
});

test('neither is a token', async () => {
  const token = async (): Promise<string> => (await (await fetch(url)).text()).replace(' ', '-');
  const client = new HTTPClient({ retryAttempts: 0, timeout: 0.5, token });

  const response = client.get<string>(url);
  await new Promise((resolve) => setTimeout(resolve, 10));
  setImmediate(beBusy, 1000);

  await expect(response).resolves.toMatchObject({ data: 'on time' });
  client.close();
});
