import { boundaryOf, contentTypeOf, isJSON, mediaTypeOf } from '../../src/request/content-type';

const defaults = { common: { 'content-type': 'a/common' }, post: { 'Content-type': 'a/post' } };

test.each<[string, object | undefined, object | undefined, string | undefined]>([
  ['the call', { 'CONTENT-TYPE': 'a/call' }, { 'Content-Type': 'a/client' }, 'a/call'],
  ['the client', { Accept: 'a/b' }, { ...defaults, 'Content-Type': 'a/client' }, 'a/client'],
  ['the defaults of the method', undefined, defaults, 'a/post'],
  ['the defaults of all methods', {}, { common: defaults.common }, 'a/common'],
  ['nobody', {}, {}, undefined],
  ['nobody, as there are no defaults', undefined, undefined, undefined],
  ['nobody, as the call removes it', { 'Content-Type': null }, defaults, undefined],
  ['the client, as the call leaves it undefined', { 'Content-Type': undefined }, defaults, 'a/post'],
])('the Content-Type is that of %s', (_, headers, ofClient, expected) => {
  expect(contentTypeOf(headers, ofClient, 'POST')).toBe(expected);
});

test.each([
  [undefined, undefined],
  ['Application/JSON; charset=utf-8', 'application/json'],
  [' text/plain ', 'text/plain'],
])('the media type of %p is %p', (contentType, expected) => {
  expect(mediaTypeOf(contentType)).toBe(expected);
});

test.each(['application/json', 'text/json', 'application/vnd.api+json', 'image/x+json'])('%s is JSON', (type) => {
  expect(isJSON(type)).toBe(true);
});

test.each([undefined, 'application/x-ndjson', 'text/json5', 'application/jsonp'])('%s is not JSON', (type) => {
  expect(isJSON(type)).toBe(false);
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; Boundary="a b"', 'a b'],
  [`multipart/form-data; boundary=${'b'.repeat(71)}`, 'b'.repeat(71)],
  ['multipart/form-data', undefined],
  [undefined, undefined],
])('the boundary of %p is %p', (contentType, expected) => {
  expect(boundaryOf(contentType)).toBe(expected);
});
