import { text } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { createDecoder, encodingOf } from '../../src/wire/decoding';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  [' Identity ', undefined],
  ['gzip', 'gzip'],
  [' GZip ', 'gzip'],
  [['br'], 'br'],
])('Content-Encoding %p is the encoding %p', (header, encoding) => {
  expect(encodingOf({ 'content-encoding': header })).toBe(encoding);
});

test.each<[string, (content: string) => Buffer]>([
  ['gzip', zlib.gzipSync],
  ['x-gzip', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['deflate', zlib.deflateRawSync],
  ['br', zlib.brotliCompressSync],
])('%s is undone', async (encoding, encode) => {
  const body = encode('hello');
  const decoder = createDecoder(encoding, body);

  decoder?.end(body);

  expect(decoder && (await text(decoder))).toBe('hello');
});

test.each([
  ['gzip', zlib.gzipSync('hello')],
  ['deflate', zlib.deflateSync('hello')],
  ['br', zlib.brotliCompressSync('hello')],
])('%s that is cut short is an error', async (encoding, whole) => {
  const body = whole.subarray(0, whole.length - 3);
  const decoder = createDecoder(encoding, body);

  decoder?.end(body);

  await expect(decoder && text(decoder)).rejects.toThrow('unexpected end of file');
});

test.each(['zstd', 'compress', 'gzip, br', 'toString'])('nothing undoes %s', (encoding) => {
  expect(createDecoder(encoding, Buffer.from('a'))).toBeUndefined();
});
