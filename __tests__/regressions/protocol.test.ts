import http from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPClient, RequestException } from '../../src/index';
import { rawService, type RawService } from '../support/raw-service';
import { service, type Answer } from '../support/service';

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

  test.each(['none', 'zstd', 'utf-8', 'gzip'])('that of a 200 as %s is a ContentDecodingError', async (encoding) => {
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

describe('a Location beyond ASCII is followed', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('/café?q=日', 'utf8')],
    ['escapes', Buffer.from('/caf%C3%A9?q=%E6%97%A5', 'latin1')],
  ])('in %s', async (_, location) => {
    const raw = await rawService((socket, requestNumber) => {
      if (requestNumber > 1) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      const [before, after] = ['HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ', '\r\n\r\n'];
      socket.write(Buffer.concat([Buffer.from(before), location, Buffer.from(after)]));
    });

    const response = await new HTTPClient({ timeout: 2 }).get(raw.url);

    expect(raw.requests[1]).toMatch(/^GET \/caf%C3%A9\?q=%E6%97%A5 HTTP/);
    expect(response.url).toBe(`${raw.url}/caf%C3%A9?q=%E6%97%A5`);
  });

  test('in Latin-1, which it should not be', async () => {
    const api = await service([{ status: 302, headers: { location: '/caf\u00e9' } }, {}]);

    await new HTTPClient({ timeout: 2 }).get(api.url);

    expect(api.requests[1]?.url).toBe('/caf%C3%A9');
  });
});

describe('what throws while it connects', () => {
  const CONNECTION_FAILED = { name: 'ConnectionError', code: 'CONNECTION_FAILED', retryable: true, sent: 'no' };
  const client = new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 }, timeout: 1 });
  const lookup = (): never => {
    throw new Error('no resolver');
  };
  function agent(): http.Agent {
    const throwing = new http.Agent();
    return Object.assign(throwing, {
      createConnection: () => {
        throw new Error('no connection to be had');
      },
    });
  }

  test('a lookup is CONNECTION_FAILED, and retried', async () => {
    const call = client.get('http://service.invalid/', { lookup: lookup as never });

    await expect(call).rejects.toMatchObject({ ...CONNECTION_FAILED, retries: 1 });
    await expect(call).rejects.toThrow('no resolver');
  });

  test('an agent is CONNECTION_FAILED, and retried', async () => {
    const call = client.get('http://127.0.0.1:1/', { httpAgent: agent() });

    await expect(call).rejects.toMatchObject({ ...CONNECTION_FAILED, retries: 1 });
    await expect(call).rejects.toThrow('no connection to be had');
  });

  test("over axios's adapter the call ends with what they say", async () => {
    const onDownloadProgress = (): void => undefined;
    const byLookup = client.get('http://service.invalid/', { lookup: lookup as never, onDownloadProgress });
    const byAgent = client.get('http://127.0.0.1:1/', { httpAgent: agent(), onDownloadProgress });

    await expect(byLookup).rejects.toThrow('no resolver');
    await expect(byAgent).rejects.toThrow('no connection to be had');
    for (const call of [byLookup, byAgent]) await expect(call).rejects.toBeInstanceOf(RequestException);
  });
});
