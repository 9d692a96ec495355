import { findHeader } from '../../src/response/find-header';

test.each<[object | undefined, unknown]>([
  [{ 'retry-after': '7' }, '7'],
  [{ 'Retry-After': '7' }, '7'],
  [{ 'RETRY-AFTER': ['7', '8'] }, ['7', '8']],
  [{ 'retry-afters': '7' }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('in %j it is %j', (headers, value) => {
  expect(findHeader(headers, 'retry-after')).toEqual(value);
});
