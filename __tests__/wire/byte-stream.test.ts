import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { toByteStream } from '../../src/wire/byte-stream';

test('text and bytes pass', async () => {
  const stream = toByteStream(Readable.from(['a', Buffer.from('b'), new Uint8Array([99])]));

  expect((await buffer(stream)).toString()).toBe('abc');
});

test.each<[unknown, string]>([
  [5, 'a number'],
  [{ a: 1 }, 'an object'],
  [new Uint16Array(1), 'an instance of Uint16Array'],
  [new DataView(new ArrayBuffer(1)), 'an instance of DataView'],
  [new ArrayBuffer(1), 'an instance of ArrayBuffer'],
])('%p is refused by name', async (chunk, name) => {
  await expect(buffer(toByteStream(Readable.from([chunk])))).rejects.toThrow(
    `a chunk of the stream must be a string, Buffer or Uint8Array, got ${name}`,
  );
});
