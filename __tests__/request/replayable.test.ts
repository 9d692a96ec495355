import { Readable } from 'node:stream';
import FormDataPackage from 'form-data';
import { isReplayable } from '../../src/request/replayable';

test.each([
  ['nothing', undefined],
  ['a string', 'text'],
  ['bytes', new Uint8Array(1)],
  ['a Blob', new Blob([])],
  ['a function that makes a stream', () => Readable.from([])],
])('%s can be sent again', (_, body) => {
  expect(isReplayable(body)).toBe(true);
});

test.each([
  ['a Readable', Readable.from([])],
  ['a web stream', new Blob([]).stream()],
  ['the form of the form-data package', new FormDataPackage()],
])('%s is used up by the first attempt', (_, body) => {
  expect(isReplayable(body)).toBe(false);
});
