import { fact, NO_BREAK, paragraph, row, rule, wrap } from '../../examples/demo/stage/columns';

test.each([
  ['the quick fox', 9, ['the quick', 'fox']],
  ['the quick fox', 13, ['the quick fox']],
  ['unbreakable', 5, ['unbre', 'akabl', 'e']],
  ['one\ntwo', 10, ['one', 'two']],
  ['', 5, ['']],
  [`f(a, {${NO_BREAK}b${NO_BREAK}})`, 8, ['f(a,', '{ b })']],
])('%j in %i columns', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test('a row puts its cells side by side, in as many lines as they need', () => {
  const text = row('requests', 'http.post(url, order)', 'client.post(url, { json: order })');

  expect(text).toBe(
    [
      '  requests                 http.post(url, order)      client.post(url, { json:',
      '                                                      order })',
    ].join('\n'),
  );
});

test('an empty cell leaves no spaces at the end of a line', () => {
  expect(row('label', 'left', '')).toBe('  label                    left');
});

test('nothing is wider than 80 columns', () => {
  const words = 'a sentence with words '.repeat(20);
  const texts = [paragraph(words), fact('label', words), row(words, words, words), row('x'.repeat(99), words, words)];

  const widths = texts.flatMap((text) => text.split('\n')).map(({ length }) => length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  expect(rule('A title')).toHaveLength(80);
});
