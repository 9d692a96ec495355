import { type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';
import { WAYS } from '../support/ways';

const zipped = zlib.gzipSync('hello');
const CHUNKED = [Buffer.from(`${zipped.length.toString(16)}\r\n`), zipped, Buffer.from('\r\n0\r\n\r\n')];

async function responding(status: string, coding: string, ...body: readonly (Buffer | string)[]): Promise<RawService> {
  const head = `HTTP/1.1 ${status}\r\nTransfer-Encoding: ${coding}\r\n\r\n`;
  return rawService((socket) => socket.end(Buffer.concat([head, ...body].map((part) => Buffer.from(part)))));
}

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ timeout: 2, retryAttempts: 0 });

  test.each([
    ['gzip, chunked', CHUNKED],
    ['gzip', [zipped]],
  ])('a body whose Transfer-Encoding is %p is decoded', async (coding, body) => {
    const api = await responding('200 OK', coding, ...body);

    const whole = await client.get(api.url, way);
    const stream = await client.get<Readable>(api.url, { ...way, responseType: 'stream' });

    expect(whole.data).toBe('hello');
    expect(whole.headers).not.toHaveProperty('transfer-encoding');
    expect(await text(stream.data)).toBe('hello');
  });

  test('a body whose Transfer-Encoding is unknown is passed through', async () => {
    const api = await responding('200 OK', 'binary', 'ok');

    expect(await client.get(api.url, way)).toMatchObject({ data: 'ok', headers: { 'transfer-encoding': 'binary' } });
  });

  test('a body whose chunks the transport leaves alone is refused, because they would pass for it', async () => {
    const api = await responding('200 OK', 'chunked, identity', '2\r\nok\r\n0\r\n\r\n');

    const error = await failure(client.get(api.url, way));

    expect(error).toMatchObject({ code: 'CONTENT_DECODING_FAILED', retries: 0 });
    expect(error.message).toContain('the body is encoded as chunked');
  });

  test('an error status with such a body is that status', async () => {
    const api = await responding('404 Not Found', 'chunked, identity', '2\r\nok\r\n0\r\n\r\n');

    expect(await failure(client.get(api.url, way))).toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
  });
});
