import { p95Of } from '../../src/inspector/p95';

test.each([
  [[], undefined],
  [[5], 5],
  [[3, 1, 2], 3],
  [Array.from({ length: 100 }, (_, index) => 100 - index), 96],
])('of %j', (values, expected) => {
  expect(p95Of(values)).toBe(expected);
});
