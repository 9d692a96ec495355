import type { Socket } from 'node:net';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { rawService, type RawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Answers the first request of a connection; harms the second, as a server does that has just given up the idle connection. */
async function impatient(harm: (socket: Socket) => void): Promise<RawService> {
  const used = new WeakSet<Socket>();
  return rawService((socket) => {
    if (used.has(socket)) {
      harm(socket);
      return;
    }
    used.add(socket);
    socket.write(OK);
  });
}

/** A client whose connection to `api` is idle. */
async function warm(api: RawService, options?: HTTPClientOptions): Promise<HTTPClient> {
  const client = new HTTPClient({ retry: { base: 0.001 }, timeout: 2, ...options });
  await client.get(api.url);
  return client;
}

const harms: [string, (socket: Socket) => void][] = [
  ['closed', (socket) => socket.destroy()],
  ['reset', (socket) => socket.resetAndDestroy()],
];

describe.each(harms)('an idle connection that is %s as the request arrives', (_, harm) => {
  test.each(['get', 'put', 'delete', 'post', 'patch'] as const)(
    'is replaced, and %s is sent again at once',
    async (verb) => {
      const api = await impatient(harm);
      const client = await warm(api);
      const attempts: unknown[] = [];
      client.axios.interceptors.response.use((response) => {
        attempts.push(...(response.config.call?.attempts ?? []));
        return response;
      });

      const response = await client[verb](api.url);

      expect(response).toMatchObject({ status: 200, retries: 0 });
      expect(attempts).toMatchObject([
        { outcome: 'STALE_CONNECTION', decision: 'replay', reason: 'STALE_CONNECTION', wait: 0 },
        { outcome: 200, decision: 'done' },
      ]);
      client.close();
    },
  );

  test('is replaced with retryAttempts 0 too', async () => {
    const api = await impatient(harm);
    const client = await warm(api, { retryAttempts: 0 });

    expect(await client.post(api.url, { data: 'body' })).toMatchObject({ status: 200, retries: 0 });
    expect(api.requests.map((text) => text.slice(0, 4))).toEqual(['GET ', 'POST', 'POST']);
    expect(api.requests.at(-1)).toMatch(/\r\n\r\nbody$/);
    client.close();
  });
});

test.each([
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['an informational response', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('after %s, the connection was not stale: a POST may have been served', async (_, beginning) => {
  const api = await impatient((socket) => socket.end(beginning));
  const client = await warm(api, { retryAttempts: 0 });

  await expect(client.post(api.url)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED', sent: 'maybe' });
  expect(api.requests).toHaveLength(2);
  client.close();
});

test('the repeated POST carries the same Idempotency-Key', async () => {
  const api = await impatient((socket) => socket.destroy());
  const client = await warm(api);

  await client.post(api.url);

  const [first, second] = api.requests.slice(1).map((text) => /^idempotency-key: (.+)$/im.exec(text)?.[1]);
  expect(first).toEqual(expect.any(String));
  expect(second).toBe(first);
  client.close();
});

test('with unsafeMethods `never` a POST is not sent again', async () => {
  const api = await impatient((socket) => socket.destroy());
  const client = await warm(api, { retry: { unsafeMethods: 'never' } });

  await expect(client.post(api.url)).rejects.toMatchObject({
    code: 'STALE_CONNECTION',
    sent: 'maybe',
    attempts: [{ decision: 'fail', reason: 'unsafe-method' }],
  });
  client.close();
});

test('a reset on the new connection is a failure like others', async () => {
  const api = await rawService((socket, number) => {
    if (number === 2 || number === 3) socket.destroy();
    else socket.write(OK);
  });
  const client = await warm(api);

  expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 1 });
  expect(api.requests).toHaveLength(4);
  client.close();
});

test('a reset on the new connection ends a call without retries', async () => {
  const api = await rawService((socket, number) => {
    if (number === 1) socket.write(OK);
    else socket.destroy();
  });
  const client = await warm(api, { retryAttempts: 0 });

  await expect(client.get(api.url)).rejects.toMatchObject({
    code: 'CONNECTION_CLOSED',
    retries: 0,
    attempts: [{ decision: 'replay' }, { decision: 'fail', reason: 'retries-disabled' }],
  });
  client.close();
});

test('the request that follows a stale connection goes over a new one, however many are idle', async () => {
  const api = await impatient((socket) => socket.destroy());
  const client = new HTTPClient({ retry: { base: 0.001 }, timeout: 2 });
  await Promise.all(Array.from({ length: 6 }, () => client.get(api.url)));
  expect(api.sockets.size).toBe(6);

  expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 0 });
  expect(api.requests).toHaveLength(8);
  client.close();
});

test('a stream is not sent again on a new connection either', async () => {
  const api = await impatient((socket) => socket.destroy());
  const client = await warm(api);

  await expect(client.post(api.url, { data: new Blob(['x']).stream() })).rejects.toMatchObject({
    attempts: [{ decision: 'fail', reason: 'body-not-replayable' }],
  });
  client.close();
});
