import { constants } from 'node:buffer';
import { announcesTooMuch, limitOf } from '../../src/wire/size-limit';

test.each([
  [{}, constants.MAX_LENGTH],
  [{ maxContentLength: -1 }, constants.MAX_LENGTH],
  [{ maxContentLength: 0 }, 0],
  [{ maxContentLength: 1000 }, 1000],
  [{ maxContentLength: Infinity }, constants.MAX_LENGTH],
  [{ maxContentLength: constants.MAX_LENGTH * 2 }, constants.MAX_LENGTH],
])('%p is a limit of %d bytes', (config, limit) => {
  expect(limitOf(config)).toBe(limit);
});

test.each([
  ['a body above the limit', 200, '11', 'get', true],
  ['a body at the limit', 200, '10', 'get', false],
  ['no length', 200, undefined, 'get', false],
  ['a length that is not a number', 200, 'many', 'get', false],
  ['the length of the body that a GET would have had', 200, '11', 'head', false],
  ['a 304, which has no body', 304, '11', 'get', false],
])('%s: status %d, content-length %s, method %s', (_, status, length, method, expected) => {
  expect(announcesTooMuch({ status, headers: { 'content-length': length } }, method, 10)).toBe(expected);
});
