import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { service, type Answer } from '../support/service';
import { WAYS } from '../support/ways';

const content = JSON.stringify({ rules: Array.from({ length: 50 }, (_, index) => `rule ${index}`) });

/** A response with its length. */
function encoded(coding: string, body: Buffer | string): Answer {
  return {
    headers: { 'Content-Encoding': coding, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
    body,
  };
}

const { zstdCompressSync } = zlib as { zstdCompressSync?: (content: string) => Buffer };
/** Node 20 has no zstd. */
const testOfZstd = zstdCompressSync ? test : test.skip;
/** May be between the frames. */
const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ retryAttempts: 0 });

  test.each(['text', 'arraybuffer', 'stream'] as const)(
    'a decoded body (%s) has neither the coding nor the length of the encoded one',
    async (responseType) => {
      const api = await service([encoded('gzip', zlib.gzipSync(content))]);

      const { data, headers } = await client.get<string | Buffer | Readable>(api.url, { ...way, responseType });

      const isWhole = typeof data === 'string' || Buffer.isBuffer(data);
      expect(isWhole ? data.toString() : await text(data)).toBe(content);
      expect(headers).toMatchObject({ 'content-type': 'application/json' });
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).not.toHaveProperty('content-length');
    },
  );

  test.each<[string, string, RequestOptions]>([
    ['HEAD', 'HEAD', {}],
    ['decompress: false', 'GET', { decompress: false, responseType: 'arraybuffer' }],
    ['decompress: false and a stream', 'GET', { decompress: false, responseType: 'stream' }],
  ])('%s keeps both', async (__, method, options) => {
    const body = zlib.gzipSync(content);
    const api = await service([encoded('gzip', body)]);

    const { headers, data } = await client.request(method, api.url, { ...way, ...options });
    if (options.responseType === 'stream') (data as Readable).resume();

    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) });
  });

  test.each(['utf-8', 'none', 'aws-chunked', 'gzip, none', 'identity', ''])(
    'a body whose Content-Encoding is %p is passed through',
    async (coding) => {
      const api = await service([encoded(coding, content), encoded(coding, content)]);

      const parsed = await client.getJson(api.url, way);
      const { data, headers } = await client.get<Readable>(api.url, { ...way, responseType: 'stream' });

      expect(parsed).toEqual(JSON.parse(content));
      expect(await text(data)).toBe(content);
      expect(headers).toMatchObject({ 'content-encoding': coding, 'content-length': String(content.length) });
    },
  );

  test('several codings are undone, the last first', async () => {
    const body = zlib.gzipSync(zlib.deflateSync(content));
    const api = await service([encoded('deflate, X-Gzip', body), encoded('deflate, X-Gzip', body)]);

    const { data } = await client.get<Readable>(api.url, { ...way, responseType: 'stream' });

    expect(await client.getJson(api.url, way)).toEqual(JSON.parse(content));
    expect(await text(data)).toBe(content);
  });

  testOfZstd('zstd may have several frames', async () => {
    const frame = (part: string): Buffer => (zstdCompressSync ?? zlib.gzipSync)(part);
    const body = Buffer.concat([frame(content.slice(0, 200)), SKIPPABLE, frame(content.slice(200))]);
    const api = await service([encoded('zstd', body), encoded('zstd', body)]);

    const { data } = await client.get<Readable>(api.url, { ...way, responseType: 'stream' });

    expect(await client.getJson(api.url, way)).toEqual(JSON.parse(content));
    expect(await text(data)).toBe(content);
  });

  test.each(['cut short', 'not encoded'])('a stream that is %s ends in a ContentDecodingError', async (how) => {
    const body = how === 'cut short' ? zlib.gzipSync(content).subarray(0, -9) : Buffer.from(content);
    const api = await service([encoded('gzip', body)]);

    const { data } = await client.get<Readable>(api.url, { ...way, responseType: 'stream' });

    await expect(text(data)).rejects.toMatchObject({ name: 'ContentDecodingError' });
  });

  test('responseEncoding gives the text that Buffer makes of the bytes', async () => {
    const bytes = Buffer.from([0, 0x80, 0x93, 0xff]);
    const api = await service([{ body: bytes }]);

    const { data } = await client.get(api.url, { ...way, responseEncoding: 'base64' });

    expect(data).toBe(bytes.toString('base64'));
  });
});
