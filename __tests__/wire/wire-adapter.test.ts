import { getEventListeners, once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import zlib from 'node:zlib';
import { HTTPClient, type RequestException, type Transport } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const client = new HTTPClient({ retryAttempts: 0, timeout: 3 });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1000 && !(await condition()); turn++) await wait(2);
  expect(await condition()).toBe(true);
}

describe('an encoded body', () => {
  const content = Buffer.from('{"text":"hello hello hello"}');

  test.each<[string, Buffer]>([
    ['gzip', zlib.gzipSync(content)],
    ['x-gzip', zlib.gzipSync(content)],
    ['GZIP', zlib.gzipSync(content)],
    ['deflate', zlib.deflateSync(content)],
    ['deflate', zlib.deflateRawSync(content)],
    ['br', zlib.brotliCompressSync(content)],
    ['identity', content],
    ['', content],
  ])('in %p is decoded, in memory and as a stream', async (encoding, body) => {
    const headers = { 'content-encoding': encoding, 'content-type': 'application/json' };
    const api = await service([{ headers, body }]);

    const response = await client.get(api.url);
    const stream = await client.get<Readable>(api.url, { responseType: 'stream' });

    expect(response.data).toEqual({ text: 'hello hello hello' });
    expect(await text(stream.data)).toBe(content.toString());
    expect(api.requests[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });

  test('has no encoding any more where the caller sees it', async () => {
    const api = await service([{ headers: { 'content-encoding': 'gzip' }, body: zlib.gzipSync('a') }]);

    expect((await client.get(api.url)).headers).not.toHaveProperty('content-encoding');
  });

  test('that comes byte by byte is decoded', async () => {
    const body = zlib.deflateSync(content);
    const handle = (_: unknown, response: ServerResponse): void => {
      response.writeHead(200, { 'content-encoding': 'deflate' });
      for (const byte of body) response.write(Buffer.from([byte]));
      response.end();
    };
    const api = await service([{ handle }]);

    expect((await client.get(api.url)).data).toBe(content.toString());
  });

  test('is left as it is with decompress: false', async () => {
    const body = zlib.gzipSync(content);
    const api = await service([{ headers: { 'content-encoding': 'gzip' }, body }]);

    const response = await client.get(api.url, { decompress: false, responseType: 'arraybuffer' });

    expect(response.data).toEqual(body);
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(api.requests[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  test.each(['exi', 'gzip, dcb'])('in %s, which nothing here decodes, is refused', async (encoding) => {
    // The rest does not come: a connection that was read to its end may be kept.
    const handle = (_: unknown, response: ServerResponse): void => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': 100 }).write('abc');
    };
    const api = await service([{ handle }]);

    await expect(client.get(api.url, { retryAttempts: 3 })).rejects.toMatchObject({
      name: 'ContentDecodingError',
      message: expect.stringContaining(
        `encoded as ${encoding.slice(-3)}, which this version of Node cannot decode`,
      ) as string,
      retries: 0,
    });
    await until(async () => (await api.connections()) === 0);
  });

  test('that breaks in the middle of a stream breaks the stream', async () => {
    const body = zlib.gzipSync(content);
    const api = await service([{ headers: { 'content-encoding': 'gzip' }, body: body.subarray(0, body.length - 9) }]);

    const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });

    await expect(text(data)).rejects.toMatchObject({ name: 'ContentDecodingError' });
  });
});

describe('no body, whatever the headers say', () => {
  test.each([
    ['HEAD', 200, { 'content-encoding': 'gzip', 'content-length': '500' }],
    ['HEAD', 200, { 'content-length': '999999999999' }],
    ['GET', 204, { 'content-encoding': 'br' }],
    ['GET', 304, { 'content-encoding': 'gzip' }],
    ['GET', 200, { 'content-encoding': 'gzip', 'content-length': '0' }],
    ['GET', 200, { 'content-encoding': 'zstd', 'content-length': '0' }],
    ['GET', 200, { 'content-encoding': 'deflate' }],
  ])('%s %i %j', async (method, status, headers) => {
    const api = await service([{ status, headers }]);

    const response = await client.request(method, api.url);
    const stream = await client.request<Readable>(method, api.url, { responseType: 'stream' });

    expect(response).toMatchObject({ status, data: '' });
    expect(await text(stream.data)).toBe('');
  });
});

describe('responseType', () => {
  test('arraybuffer gives the bytes, blob a Blob of the right type', async () => {
    const body = Buffer.from([0xff, 0, 1]);
    const api = await service([{ headers: { 'content-type': 'image/png' }, body }]);

    const buffer = await client.get(api.url, { responseType: 'arraybuffer' });
    const { data: blob } = await client.get<Blob>(api.url, { responseType: 'blob' });

    expect(buffer.data).toEqual(body);
    expect([blob.type, Buffer.from(await blob.arrayBuffer())]).toEqual(['image/png', body]);
  });

  test('stream of an error is read into memory, so that no socket is lost', async () => {
    const api = await service([{ status: 503, body: 'down' }]);
    const failure = new HTTPClient({ retry: { base: 0.001 } }).get(api.url, { responseType: 'stream' });

    await expect(failure).rejects.toMatchObject({ status: 503, retries: 3, response: { data: 'down' } });
    expect(await api.connections()).toBe(1);
  });
});

describe('a stream', () => {
  test('whose reader is slow holds the service back', async () => {
    let written = 0;
    const handle = (_: unknown, response: ServerResponse): void => {
      const chunk = Buffer.alloc(65_536);
      const write = (): void => {
        while (written < 64 * 1024 * 1024) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    };
    const api = await service([{ handle }]);

    const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
    await once(data, 'readable');
    for (let before = -1; before !== written;) {
      before = written;
      await wait(30);
    }

    expect(written).toBeLessThan(32 * 1024 * 1024);
    let received = 0;
    for await (const chunk of data) received += (chunk as Buffer).length;
    expect(received).toBe(written);
  });

  test.each([false, true])('that is destroyed early frees its socket (encoded: %p)', async (encoded) => {
    const handle = (_: unknown, response: ServerResponse): void => {
      if (encoded) response.setHeader('content-encoding', 'gzip');
      response.write(encoded ? zlib.gzipSync('first') : 'first');
    };
    const api = await service([{ handle }]);

    const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
    data.destroy();

    await until(async () => (await api.connections()) === 0);
  });

  test('that was read to its end leaves its connection to the next call', async () => {
    const api = await service([{ body: 'a' }]);
    const own = new HTTPClient();

    for (let turn = 0; turn < 3; turn++) {
      await text((await own.get<Readable>(api.url, { responseType: 'stream' })).data);
      await new Promise(setImmediate);
    }

    expect(await api.connections()).toBe(1);
    own.close();
  });

  test('that stalls breaks with a timeout', async () => {
    const api = await service([{ handle: (_, response) => response.write('first') }]);

    const { data } = await client.get<Readable>(api.url, { responseType: 'stream', timeout: 0.3 });

    await expect(text(data)).rejects.toMatchObject({ name: 'Timeout', code: 'TIMEOUT', phase: 'body' });
    await until(async () => (await api.connections()) === 0);
  });

  test('that nobody reads for a while does not time out', async () => {
    const api = await service([{ body: 'a'.repeat(1_000_000) }]);

    const { data } = await client.get<Readable>(api.url, { responseType: 'stream', timeout: 0.2 });
    await once(data, 'readable');
    await wait(300);

    expect(await text(data)).toHaveLength(1_000_000);
  });

  test('that the connection cuts short breaks', async () => {
    const raw = await rawService((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'));

    const { data } = await client.get<Readable>(raw.url, { responseType: 'stream' });

    await expect(text(data)).rejects.toMatchObject({ name: 'ConnectionError', code: 'BODY_TRUNCATED', phase: 'body' });
  });

  test('ends when its signal is aborted', async () => {
    const api = await service([{ handle: (_, response) => response.write('first') }]);
    const controller = new AbortController();

    const { signal } = controller;
    const { data } = await client.get<Readable>(api.url, { responseType: 'stream', signal });
    controller.abort();

    await expect(text(data)).rejects.toMatchObject({ name: 'RequestCancelled', code: 'CANCELLED' });
  });
});

describe('a body above the limit', () => {
  const small = new HTTPClient({ maxResponseSize: 10, retryAttempts: 0 });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['announced', (response) => response.writeHead(200, { 'content-length': '11' }).write('a')],
    ['in chunks', (response) => [response.write('a'), response.write('a'.repeat(10))]],
    ['compressed', (response) => response.setHeader('content-encoding', 'gzip').write(zlib.gzipSync('a'.repeat(11)))],
  ])('%s is refused', async (_, write) => {
    const api = await service([{ handle: (_, response) => write(response) }]);

    await expect(small.get(api.url)).rejects.toMatchObject({
      name: 'ResponseTooLarge',
      message: expect.stringContaining('larger than 10 bytes') as string,
    });
    await until(async () => (await api.connections()) === 0);
  });

  test('keeps the status of an error', async () => {
    const api = await service([{ status: 503, body: 'a'.repeat(100) }]);

    await expect(small.get(api.url)).rejects.toMatchObject({ status: 503, code: 'SERVER_ERROR' });
  });

  test('does not concern one that just fits, nor a stream', async () => {
    const api = await service([{ body: 'a'.repeat(10) }, { body: 'a'.repeat(99) }]);

    expect((await small.get(api.url)).data).toHaveLength(10);
    expect(await text((await small.get<Readable>(api.url, { responseType: 'stream' })).data)).toHaveLength(99);
  });
});

test('a transport that throws rejects the call', async () => {
  const transport: Transport = {
    name: 'broken',
    dispatch: () => {
      throw new Error('no transport today');
    },
    close: () => undefined,
  };

  const error = await new HTTPClient({ transport, retryAttempts: 0 })
    .get('http://a')
    .catch((thrown: unknown) => thrown);

  expect((error as RequestException).message).toContain('no transport today');
});

test('a signal has no listener left, however many calls it was given to', async () => {
  const server = http.createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { signal } = new AbortController();
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  for (let turn = 0; turn < 5; turn++) {
    const { data } = await client.get<Readable>(url, { signal, responseType: 'stream' });
    await text(data);
    await new Promise(setImmediate);
  }

  server.closeAllConnections();
  server.close();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
