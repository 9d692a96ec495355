import { forbidsRetry } from '../../src/response/should-retry';

test.each([
  [{ 'x-should-retry': 'false' }, true],
  [{ 'x-should-retry': ' FALSE ' }, true],
  [{ 'X-Should-Retry': 'false' }, true],
  [{ 'x-should-retry': 'true' }, false],
  [{ 'x-should-retry': '0' }, false],
  [{ 'x-should-retry': '' }, false],
  [{}, false],
  [undefined, false],
])('that the headers %j forbid a retry is %s', (headers, expected) => {
  expect(forbidsRetry(headers)).toBe(expected);
});
