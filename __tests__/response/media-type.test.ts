import { mediaTypeOf } from '../../src/response/media-type';

test.each([
  ['application/json', true, 'utf-8'],
  ['application/problem+json; charset=utf-8', true, 'utf-8'],
  ['text/html; charset="ISO-8859-1"', false, 'ISO-8859-1'],
  ['text/json-seq', false, 'utf-8'],
  ['undefined', false, 'utf-8'],
])('%s', (header, isJSON, charset) => {
  expect(mediaTypeOf(header)).toEqual({ header, isJSON, charset });
  expect(mediaTypeOf(header)).toBe(mediaTypeOf(header));
});
