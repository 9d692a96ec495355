import { cut, cutURL } from '../../src/util/cut';

test.each([
  ['', ''],
  ['12345', '12345'],
  ['123456', '12345…'],
])('%p, cut after five characters, is %p', (text, expected) => {
  expect(cut(text, 5)).toBe(expected);
});

test('a URL is cut after 2,000 characters', () => {
  expect(cutURL('x'.repeat(2000))).toHaveLength(2000);
  expect(cutURL('x'.repeat(2001))).toBe(`${'x'.repeat(2000)}…`);
});
