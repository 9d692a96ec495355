import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { closeIdle, IdleSockets } from '../../src/transports/idle-sockets';
import { undici } from '../../src/transports/undici';
import { rawService, type RawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

async function until(isSo: () => boolean, limit = 1000): Promise<void> {
  for (let waited = 0; waited < limit && !isSo(); waited += 5) await sleep(5);
}

async function healthy(head = OK): Promise<RawService> {
  return rawService((socket) => socket.write(head));
}

describe.each([
  ['http', (): 'http' => 'http'],
  ['undici', () => undici()],
])('over %s', (_, transport) => {
  test('idle connections are closed after maxIdle', async () => {
    const api = await healthy();
    const client = new HTTPClient({ transport: transport(), connections: { maxIdle: 0.2 } });

    await Promise.all([client.get(api.url), client.get(api.url), client.get(api.url)]);
    expect(api.sockets.size).toBe(3);
    await until(() => api.sockets.size === 0);

    expect(api.sockets.size).toBe(0);
    expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 0 });
    client.close();
  });

  test('a connection is reused within maxIdle, and closed after the request that exceeds maxAge', async () => {
    const api = await healthy();
    const used: unknown[] = [];
    const client = new HTTPClient({ transport: transport(), connections: { maxAge: 0.4 } });
    for (let call = 0; call < 3; call++) {
      await client.get(api.url);
      used.push([...api.sockets][0]);
      if (call === 0) await sleep(2);
      if (call === 1) await sleep(410);
    }
    await until(() => api.sockets.size === 0);

    expect(new Set(used).size).toBe(1);
    expect(api.sockets.size).toBe(0);
    expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 0 });
    client.close();
  });

  test('a Keep-Alive of a second closes the connection at once', async () => {
    const api = await healthy('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok');
    const client = new HTTPClient({ transport: transport() });

    await client.get(api.url);
    await until(() => api.sockets.size === 0, 500);

    expect(api.sockets.size).toBe(0);
    client.close();
  });

  test('after a timeout on a reused connection, the retry goes over a new one', async () => {
    const known = new Set<unknown>();
    let isForgotten = false;
    const api = await rawService((socket) => {
      if (isForgotten && known.has(socket)) return;
      known.add(socket);
      socket.write(OK);
    });
    const client = new HTTPClient({ transport: transport(), retry: { base: 0.001 }, retryAttempts: 1 });
    await Promise.all(Array.from({ length: 5 }, () => client.get(api.url)));
    isForgotten = true;

    expect(await client.get(api.url, { timeout: 0.15 })).toMatchObject({ status: 200, retries: 1 });
    client.close();
  });
});

test('the connections of an agent of the caller stay open', async () => {
  const api = await healthy();
  const httpAgent = new Agent({ keepAlive: true });
  const client = new HTTPClient({ httpAgent, connections: { maxIdle: 0.01, maxAge: 0 } });

  await client.get(api.url);
  await sleep(30);

  expect(api.sockets.size).toBe(1);
  client.close();
  expect(api.sockets.size).toBe(1);
  httpAgent.destroy();
});

test.each([
  [undefined, 4000],
  ['timeout=3', 2000],
  ['timeout=30', 4000],
  ['max=100, timeout = 3', 2000],
  ['Timeout="2"', 1000],
  ['timeout=0', -1000],
  ['max=100', 4000],
])('with Keep-Alive: %j a socket may be idle for %i ms', (header, time) => {
  const idle = new IdleSockets(new Agent(), { maxIdle: 4000, maxAge: Infinity, perOrigin: Infinity });

  idle.read(header);

  expect(idle.time).toBe(time);
});

test.each([
  ['http://a.internal/', ['a.internal:80:']],
  ['https://a.internal/', ['a.internal:443::::']],
  ['http://a.internal:81/', ['a.internal:81:']],
  ['http://[::1]:80/', ['::1:80:']],
  ['http://internal/', []],
])('the idle sockets of %s are closed, and no others', (url, expected) => {
  const names = ['a.internal:80:', 'a.internal:443::::', 'a.internal:81:', '::1:80:', 'b.internal:80:'];
  const closed: string[] = [];
  const freeSockets = Object.fromEntries(names.map((name) => [name, [{ destroy: () => closed.push(name) }]]));

  closeIdle({ freeSockets } as never, new URL(url));

  expect(closed).toEqual(expected);
});
