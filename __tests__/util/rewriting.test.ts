import { onOneLine, REWRITING } from '../../src/util/rewriting';

test.each([
  ['\u001b[2J', '?[2J'],
  ['a\u009b31m', 'a?31m'],
  ['gpj.\u202eexe', 'gpj.?exe'],
  ['\u2066a\u2069\u200f', '?a??'],
  ['a\u2028b', 'a?b'],
  ['Zürich, 東京, שלום, 👩‍💻', 'Zürich, 東京, שלום, 👩‍💻'],
])('%j can rewrite a terminal, as far as it reads ? in %j', (text, expected) => {
  expect(text.replace(REWRITING, '?')).toBe(expected);
});

test.each([
  ['one\r\n  two\tthree', 'one two three'],
  ['a\u001b[31mred\u0000', 'a [31mred '],
  ['a\u2028b\u2029c', 'a b c'],
  ['detail: gpj.\u202eexe', 'detail: gpj.\ufffdexe'],
  ['שלום', 'שלום'],
])('%j is one line', (text, expected) => {
  expect(onOneLine(text)).toBe(expected);
});
