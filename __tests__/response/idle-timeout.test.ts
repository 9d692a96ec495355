import { HTTPClient } from '../../src/index';
import { isIdleTimeout } from '../../src/response/idle-timeout';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Ends each connection with a 408 at its second request. */
async function impatient(headers = 'Connection: close\r\n'): Promise<RawService> {
  const used = new WeakSet();
  return rawService((socket) => {
    if (used.has(socket)) socket.end(`HTTP/1.1 408 Request Timeout\r\n${headers}Content-Length: 0\r\n\r\n`);
    else socket.write(OK);
    used.add(socket);
  });
}

test.each(['get', 'post', 'delete'] as const)(
  'after such a 408, %s is replayed over a new connection',
  async (verb) => {
    const api = await impatient();
    const client = new HTTPClient({ retryAttempts: 0 });
    await Promise.all(Array.from({ length: 4 }, () => client.get(api.url)));

    const response = await client[verb](api.url);

    expect(response).toMatchObject({ status: 200, retries: 0 });
    expect(response.config.call?.attempts).toMatchObject([
      { outcome: 408, decision: 'replay', reason: 'STALE_CONNECTION' },
      { outcome: 200, decision: 'done' },
    ]);
    expect(api.requests).toHaveLength(6);
    client.close();
  },
);

test('a 408 that keeps the connection open is a response like others', async () => {
  const api = await impatient('');
  const client = new HTTPClient();
  await client.get(api.url);

  expect(await failure(client.get(api.url))).toMatchObject({ code: 'CLIENT_ERROR', status: 408, retries: 0 });
  client.close();
});

test('a 408 on a new connection is a response like others', async () => {
  const api = await rawService((socket) =>
    socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  );

  expect(await failure(new HTTPClient().get(api.url))).toMatchObject({ code: 'CLIENT_ERROR', status: 408 });
  expect(api.requests).toHaveLength(1);
});

test.each([
  [true, { connection: 'close' }, { reusedSocket: true }],
  [true, { Connection: 'x, Close' }, { reusedSocket: true }],
  [false, { connection: 'keep-alive' }, { reusedSocket: true }],
  [false, {}, { reusedSocket: true }],
  [false, undefined, { reusedSocket: true }],
  [false, { connection: 'close' }, { reusedSocket: false }],
  [false, { connection: 'close' }, {}],
  [false, { connection: 'close' }, undefined],
])('%s for %j on %j', (expected, headers, request) => {
  expect(isIdleTimeout(headers, request)).toBe(expected);
});
