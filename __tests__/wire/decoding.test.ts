import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { codingsOf, createDecoders, removeEncoding } from '../../src/wire/decoding';

type Codings = readonly string[] | undefined;

const codings = (header: string | string[] | undefined, config = {}, status = 200): Codings =>
  codingsOf({ status, headers: { 'content-encoding': header } }, config);

test.each<[string | string[] | undefined, Codings]>([
  [undefined, undefined],
  ['', undefined],
  [' Identity ', undefined],
  ['gzip', ['gzip']],
  [' GZip ', ['gzip']],
  [['br'], ['br']],
  ['gzip, identity,', ['gzip']],
  ['deflate, GZIP', ['deflate', 'gzip']],
  [
    ['gzip', 'br'],
    ['gzip', 'br'],
  ],
])('Content-Encoding %p stands for the codings %p', (header, expected) => {
  expect(codings(header)).toEqual(expected);
});

test.each(['utf-8', 'none', 'aws-chunked', 'gzip, none', 'UTF-8, gzip', 'binary', 'toString', '__proto__'])(
  '%s is not a registered coding, so the body is left as it is',
  (header) => {
    expect(codings(header)).toBeUndefined();
  },
);

test.each<[string, Codings]>([
  ['chunked', undefined],
  ['Chunked', undefined],
  ['chunked, chunked', undefined],
  ['identity', undefined],
  ['identity, chunked', undefined],
  ['gzip, chunked', ['gzip']],
  ['GZIP', ['gzip']],
  ['deflate, gzip, chunked', ['deflate', 'gzip']],
  ['binary', undefined],
  ['br, binary, chunked', ['br']],
  ['chunked, identity', ['chunked']],
])('of Transfer-Encoding %p, the transport leaves %p', (header, expected) => {
  const head = { status: 200, headers: { 'transfer-encoding': header } };

  expect(codingsOf(head, {})).toEqual(expected);
  expect(codingsOf(head, { decompress: false })).toBeUndefined();
  expect(codingsOf(head, { method: 'HEAD' })).toBeUndefined();
});

test('a body in content codings and transfer codings has all of them', () => {
  const headers = { 'content-encoding': 'br', 'transfer-encoding': 'gzip, chunked' };

  expect(codingsOf({ status: 200, headers }, {})).toEqual(['br', 'gzip']);
  removeEncoding(headers);
  expect(headers).toEqual({});
});

test.each([
  ['with decompress: false', { decompress: false }, 200],
  ['of a HEAD', { method: 'HEAD' }, 200],
  ['of a 304', {}, 304],
])('the response %s is not decoded', (_, config, status) => {
  expect(codings('gzip', config, status)).toBeUndefined();
});

test('what describes the encoded body goes, and nothing else', () => {
  const headers = { 'content-encoding': 'gzip', 'content-length': '20', 'content-type': 'text/plain' };

  removeEncoding(headers);

  expect(headers).toEqual({ 'content-type': 'text/plain' });
});

const { zstdCompressSync } = zlib as { zstdCompressSync?: (content: string) => Buffer };

const encoded: [string, Buffer][] = [
  ['gzip', zlib.gzipSync('hello')],
  ['x-gzip', zlib.gzipSync('hello')],
  ['compress', zlib.gzipSync('hello')],
  ['deflate', zlib.deflateSync('hello')],
  ['deflate', zlib.deflateRawSync('hello')],
  ['br', zlib.brotliCompressSync('hello')],
  ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync('hello'))],
  ['deflate, gzip', zlib.gzipSync(zlib.deflateSync('hello'))],
  ...(zstdCompressSync ? [['zstd', zstdCompressSync('hello')] as [string, Buffer]] : []),
];

async function decode(header: string, body: Buffer): Promise<string> {
  const decoders = createDecoders(header.split(', '), body);
  const failure = new Promise<never>((_, reject) => {
    for (const decoder of decoders) decoder.once('error', reject);
  });
  const last = decoders.reduce<Readable>((source, next) => source.pipe(next), Readable.from([body]));
  return Promise.race([text(last), failure]);
}

test.each(encoded)('%s is undone', async (header, body) => {
  expect(await decode(header, body)).toBe('hello');
});

// Node 22 takes zstd that is cut short for complete.
const checked = process.version.startsWith('v22') ? encoded.filter(([name]) => name !== 'zstd') : encoded;

test.each(checked)('%s that is cut short is an error', async (header, whole) => {
  const body = whole.subarray(0, whole.length - 3);

  await expect(decode(header, body)).rejects.toThrow();
});

const unknown = [...(zstdCompressSync ? [] : ['zstd']), 'exi', 'dcb', 'aes128gcm'];

test.each(unknown)('%s is registered, but cannot be decoded', (coding) => {
  expect(() => createDecoders([coding], Buffer.from('a'))).toThrow(`encoded as ${coding}, which this version of Node`);
});

test('at most five codings are undone', () => {
  expect(() => createDecoders(Array<string>(6).fill('gzip'), Buffer.from('a'))).toThrow('in 6 codings, at most 5');
});
