import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import type { Exchange, Transport } from '../../src/transports/transport';
import { rawService, type RawService } from '../support/raw-service';
import { type Answer, service } from '../support/service';

const UPGRADE = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

async function noSockets({ sockets }: RawService): Promise<number> {
  for (let turn = 0; turn < 50 && sockets.size > 0; turn++) await delay(5);
  return sockets.size;
}

describe('an answer of 101, which nobody asked for', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['with an open connection', (socket) => void socket.write(`${UPGRADE}frames`)],
    ['with a connection that ends', (socket) => void socket.end(`${UPGRADE}frames`)],
  ])(
    '%s is a PROTOCOL_ERROR at once',
    async (_, answer) => {
      const raw = await rawService(answer);
      const client = new HTTPClient({ timeout: Infinity, retry: { base: 0.001 } });

      await expect(client.get(raw.url)).rejects.toMatchObject({ name: 'ConnectionError', code: 'PROTOCOL_ERROR' });

      expect(raw.requests).toHaveLength(1);
      expect(await noSockets(raw)).toBe(0);
    },
    3000,
  );
});

describe('a body that cannot be decoded', () => {
  const broken = (status: number, encoding: string): Answer => ({
    status,
    headers: { 'content-encoding': encoding },
    body: 'plain text',
  });

  test.each(['gzip', 'br', 'deflate', 'none', 'zstd', 'gzip, br'])(
    'that of a 503 encoded as %s leaves its status alone',
    async (encoding) => {
      const api = await service([broken(503, encoding)]);
      const client = new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 } });

      await expect(client.get(api.url)).rejects.toMatchObject({ name: 'HTTPError', status: 503, retries: 1 });

      expect(api.requests).toHaveLength(2);
    },
  );

  test('that of a 404 leaves its status alone', async () => {
    const api = await service([broken(404, 'gzip')]);

    await expect(new HTTPClient().get(api.url)).rejects.toMatchObject({ name: 'HTTPError', status: 404, retries: 0 });
  });

  test('that of a 503 with Retry-After leaves the wait alone', async () => {
    const api = await service([
      { ...broken(503, 'gzip'), headers: { 'content-encoding': 'gzip', 'retry-after': '60' } },
    ]);

    await expect(new HTTPClient().get(api.url)).rejects.toMatchObject({ status: 503, retryAfter: 60, retries: 0 });
  });

  test.each(['br', 'zstd', 'exi', 'gzip'])('that of a 200 as %s is a ContentDecodingError', async (encoding) => {
    const api = await service([broken(200, encoding)]);
    const client = new HTTPClient({ retry: { base: 0.001 } });

    await expect(client.get(api.url)).rejects.toMatchObject({ name: 'ContentDecodingError', retries: 0 });

    expect(api.requests).toHaveLength(1);
  });
});

test('a 304 that tells the length of what it does not send is not too large', async () => {
  const raw = await rawService((socket) => {
    socket.write('HTTP/1.1 304 Not Modified\r\nContent-Length: 500000000\r\n\r\n');
  });

  expect((await new HTTPClient({ timeout: 2 }).get(raw.url)).status).toBe(304);
});

test('a transport that responds before it returns is told that its response is refused', async () => {
  const destroy = jest.fn();
  const exchange: Exchange = { phase: 'body', request: undefined, pause: jest.fn(), resume: jest.fn(), destroy };
  const transport: Transport = {
    name: 'memory',
    dispatch(_, events) {
      events.head({ status: 200, statusText: 'OK', headers: { 'content-length': '9' }, request: undefined }, exchange);
      return exchange;
    },
    close: () => undefined,
  };
  const client = new HTTPClient({ transport, maxResponseSize: 5, retryAttempts: 0 });

  await expect(client.get('http://a.test')).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });

  expect(destroy).toHaveBeenCalledTimes(1);
});
