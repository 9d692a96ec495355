import { Readable } from 'node:stream';
import { knownLength, withLength } from '../../src/request/body';

test.each<[string, Parameters<typeof knownLength>[0], number | undefined]>([
  ['text, in UTF-8', 'äöü', 6],
  ['bytes', new Uint8Array(3), 3],
  ['a part of a larger buffer', new Uint8Array(9).subarray(2, 6), 4],
  ['a Blob', new Blob(['ä']), 2],
  ['a stream', Readable.from(['a']), undefined],
  ['a stream that has a length', withLength(Readable.from(['a']), 1), 1],
  ['a stream whose length could not be found', withLength(Readable.from(['a']), undefined), undefined],
])('the length of %s', (_, body, length) => {
  expect(knownLength(body)).toBe(length);
});
