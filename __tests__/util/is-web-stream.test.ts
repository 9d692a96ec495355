import { Readable } from 'node:stream';
import { isWebStream } from '../../src/util/is-web-stream';

test.each([
  [new Readable(), false],
  ['text', false],
  [null, false],
  [new Blob(['a']).stream(), true],
])('%#: is it a web stream?', (value, expected) => {
  expect(isWebStream(value)).toBe(expected);
});
