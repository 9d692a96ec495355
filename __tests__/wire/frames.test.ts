import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Frames } from '../../src/wire/frames';

// Brotli, because Node 20 has no zstd. Its decoder ends as that of zstd does.
const frame = (content: string | Buffer): Buffer => zlib.brotliCompressSync(content);
const frames = (): Frames => new Frames(() => zlib.createBrotliDecompress());

const body = Buffer.concat([frame('one '), frame('two '), frame(''), frame('three')]);

test('frames that come in one chunk are all decoded', async () => {
  expect(await text(Readable.from([body]).pipe(frames()))).toBe('one two three');
});

test('frames that come byte by byte are all decoded', async () => {
  const bytes = [...body].map((byte) => Buffer.from([byte]));

  expect(await text(Readable.from(bytes).pipe(frames()))).toBe('one two three');
});

test('large frames are decoded whole, wherever the chunks begin', async () => {
  const content = [300_000, 20, 100_000].map((size) => randomBytes(size));
  const encoded = Buffer.concat(content.map(frame));
  const chunks = Array.from({ length: 21 }, (_, index) => encoded.subarray(index * 20_000, (index + 1) * 20_000));

  expect((await buffer(Readable.from(chunks).pipe(frames()))).equals(Buffer.concat(content))).toBe(true);
});

test('while nobody reads, no more is decoded', async () => {
  const decoding = Readable.from([frame(Buffer.alloc(5_000_000))]).pipe(frames());
  decoding.read(0);
  await new Promise((resolve) => setTimeout(resolve, 20));

  expect(decoding.readableLength).toBeLessThan(1_000_000);
  decoding.destroy();
});

test.each([
  ['bytes that are no frame', Buffer.concat([frame('one'), Buffer.from('other')])],
  ['a frame that is cut short', Buffer.concat([frame('one'), frame('two').subarray(0, -2)])],
])('%s after the first frame are an error', async (_, encoded) => {
  const sink = new Writable({ write: (__, ___, done) => { done(); } }); // prettier-ignore

  await expect(pipeline(Readable.from([encoded]), frames(), sink)).rejects.toThrow();
});
