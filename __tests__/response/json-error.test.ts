import { findJSONError } from '../../src/response/json-error';

const INVALID: [string, number][] = [
  // Too short
  ['', 0],
  ['  \n', 3],
  ['[', 1],
  ['{', 1],
  ['[1', 2],
  ['[1,', 3],
  ['[1, ', 4],
  ['{"a"', 4],
  ['{"a":', 5],
  ['{"a":1', 6],
  ['{"a":1,', 7],
  ['[[[]]', 5],
  // What is no token
  ['<html>', 0],
  ['undefined', 0],
  ['NaN', 0],
  ['nul', 0],
  ['True', 0],
  ["'a'", 0],
  ['\ufeff{}', 0],
  ['\u00a0{}', 0],
  ['[1, <]', 4],
  ['// comment', 0],
  ['{a:1}', 1],
  ["{'a':1}", 1],
  // Numbers
  ['-', 0],
  ['+1', 0],
  ['.5', 0],
  ['01', 1],
  ['1.', 1],
  ['1e', 1],
  ['0x10', 1],
  ['[1.e5]', 2],
  ['-Infinity', 0],
  // Strings
  ['"', 0],
  ['"abc', 0],
  ['"a\nb"', 0],
  ['"a\tb"', 0],
  ['"a\u0000"', 0],
  ['"\\x41"', 0],
  ['"\\u12g4"', 0],
  ['"\\"', 0],
  ['["a", "b]', 6],
  // What may not stand there
  ['{} {}', 3],
  ['{"a":1}x', 7],
  ['"a" "b"', 4],
  ['1 2', 2],
  ['trueish', 4],
  [']', 0],
  ['}', 0],
  [',', 0],
  [':', 0],
  ['[,1]', 1],
  ['[1,,2]', 3],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['[1:2]', 2],
  ['[1}', 2],
  ['[}', 1],
  ['{]', 1],
  ['{"a":1]', 6],
  ['{,}', 1],
  ['{"a":1,}', 7],
  ['{"a",1}', 4],
  ['{"a":}', 5],
  ['{"a":,}', 5],
  ['{"a" 1}', 5],
  ['{"a":1 "b":2}', 7],
  ['{"a":1:2}', 6],
  ['{"a":[1}', 7],
  ['{1:2}', 1],
  ['{null:2}', 1],
  ['{[]:2}', 1],
  ['{"a":1,2}', 7],
  ['{"a"}', 4],
  ['{"a":1}}', 7],
  ['[]]', 2],
];

const VALID = [
  'null',
  ' true ',
  'false',
  '0',
  '-0.5e+10',
  '1E5',
  '""',
  '"grüße \ud83d\ude00 \u2028 \u007f \u0085 \ud800"',
  String.raw`"\"\\\/\b\f\n\r\t\u00fC"`,
  '[]',
  '{}',
  '\t[ 1 , [ ] , { } ]\r\n',
  '{"a":{"b":[{"c":null}]},"":0}',
];

test.each(INVALID)('%j stops being JSON at %i', (text, offset) => {
  expect(() => {
    JSON.parse(text);
  }).toThrow(SyntaxError);
  expect(findJSONError(text)).toBe(offset);
});

test.each(INVALID)('what comes before the error in %j is the beginning of some JSON', (text, offset) => {
  expect(completions(text.slice(0, offset)).some(isJSON)).toBe(true);
});

test.each(VALID)('%j is JSON to its end', (text) => {
  expect(isJSON(text)).toBe(true);
  expect(findJSONError(text)).toBe(text.length);
});

test('JSON that is cut short stops being JSON at most where it is cut', () => {
  const text = JSON.stringify({ list: [1, 'two', { three: null }], four: 'f"i\\v\ne' });
  for (let length = 0; length < text.length; length++) {
    const cut = text.slice(0, length);
    const offset = findJSONError(cut);
    expect(offset).toBeLessThanOrEqual(length);
    expect(completions(cut.slice(0, offset)).some(isJSON)).toBe(true);
  }
});

test('any mistake in the middle is found where JSON.parse finds it, at the token that is wrong', () => {
  const tokens = ['{', '"a"', ':', '[', '1', ',', 'true', ',', '{', '}', ']', ',', '"b"', ':', 'null', '}'];
  for (let index = 0; index < tokens.length; index++) {
    for (const token of ['{', '}', '[', ']', ',', ':', '"x"', '7', '?']) {
      const text = [...tokens.slice(0, index), token, ...tokens.slice(index)].join(' ');
      if (isJSON(text)) continue;
      const offset = findJSONError(text);
      expect([text, offset >= tokens.slice(0, index).join(' ').length]).toEqual([text, true]);
      expect([text, completions(text.slice(0, offset)).some(isJSON)]).toEqual([text, true]);
    }
  }
});

test('a deep nesting and a long string are no obstacle', () => {
  expect(findJSONError('['.repeat(200_000))).toBe(200_000);
  expect(findJSONError(`["${'x'.repeat(20_000_000)}", oops]`)).toBe(20_000_005);
});

function isJSON(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts that begin with `beginning`; one of them is JSON if any is, where `beginning` ends with a whole token. */
function completions(beginning: string): string[] {
  const open: string[] = [];
  for (const sign of beginning.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (sign === '{') open.unshift('}');
    else if (sign === '[') open.unshift(']');
    else if (sign === '}' || sign === ']') open.shift();
  }
  return ['', '0', ':0', '"k":0'].map((next) => beginning + next + open.join(''));
}
