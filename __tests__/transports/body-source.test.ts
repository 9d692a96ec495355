import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isWhole, sourceOf } from '../../src/transports/body-source';

test.each([
  ['text', 'a', true],
  ['bytes', new Uint8Array(1), true],
  ['a stream', Readable.from(['a']), false],
  ['a Blob', new Blob(['a']), false],
])('%s is written at once: %s', (_, body, expected) => {
  expect(isWhole(body)).toBe(expected);
});

test('a stream is its own source, and a Blob is read', async () => {
  const stream = Readable.from(['a']);

  expect(sourceOf(stream, fail)).toBe(stream);
  expect(await text(sourceOf(new Blob(['b']), fail))).toBe('b');
});

test.each([
  ['with its error', new Error('disk full'), 'disk full'],
  ['without one', undefined, 'no reason given'],
])('a stream that breaks off is told of, %s', async (_, error, message) => {
  const stream = new Readable({ read: () => undefined });

  const failure = new Promise<Error>((resolve) => sourceOf(stream, resolve));
  stream.on('error', () => undefined);
  stream.destroy(error);

  // A stream that is destroyed without an error says that it was closed too early.
  expect((await failure).message).toMatch(error ? message : /premature|no reason given/i);
});

test('a stream that ends is no failure', async () => {
  const onFailure = jest.fn();

  await text(sourceOf(Readable.from(['a', 'b']), onFailure));

  expect(onFailure).not.toHaveBeenCalled();
});

function fail(error: Error): never {
  throw error;
}
