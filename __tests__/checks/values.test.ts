import { checkHeaders } from '../../src/checks/headers';
import {
  checkBoolean,
  checkDuration,
  checkInteger,
  checkNumber,
  checkOneOf,
  checkSeconds,
  checkToken,
  checkURL,
} from '../../src/checks/values';

test.each([0.001, 5, 600, Infinity])('%p are seconds', (value) => {
  expect(() => {
    checkSeconds('timeout', value);
  }).not.toThrow();
});

test.each<[unknown, ErrorConstructor]>([
  [600.001, RangeError],
  [-Infinity, RangeError],
  [NaN, RangeError],
  [0, RangeError],
  [5n, TypeError],
  [[5], TypeError],
  [new Date(), TypeError],
])('%p are no seconds', (value, type) => {
  expect(() => {
    checkSeconds('timeout', value);
  }).toThrow(type);
});

test('a time in milliseconds is answered with the seconds that it probably means', () => {
  expect(() => {
    checkSeconds('timeout', 1500);
  }).toThrow(/got 1500\. Did you mean 1\.5\?$/);
});

test.each<[(name: string, value: unknown, min: number, max: number) => void, number, number, string]>([
  [checkNumber, 0.5, 0.999, 'a number from 0.5 to 0.999'],
  [checkNumber, Number.MIN_VALUE, 1, 'a number above 0, up to 1'],
  [checkInteger, 1, Number.MAX_SAFE_INTEGER, 'an integer from 1 upwards'],
  [checkDuration, 0, Infinity, 'a number of seconds from 0 upwards'],
])('the range in the message of %p is readable, from %p to %p: %p', (check, min, max, words) => {
  expect(() => {
    check('n', -1, min, max);
  }).toThrow(new RangeError(`Option \`n\` must be ${words}, got -1`));
});

test.each<[string, (value: unknown) => void, readonly unknown[], readonly unknown[]]>([
  [
    'an integer',
    (value) => {
      checkInteger('n', value, 0, 10);
    },
    [0, 10],
    [-1, 11, 0.5, '1', null, NaN],
  ],
  [
    'a number',
    (value) => {
      checkNumber('n', value, 0, 1);
    },
    [0, 0.5, 1],
    [-0.1, 1.1, NaN, '1', null],
  ],
  [
    'a boolean',
    (value) => {
      checkBoolean('b', value);
    },
    [true, false],
    [0, 'true', null, undefined],
  ],
  [
    'one of a list',
    (value) => {
      checkOneOf('o', value, ['a', 'b']);
    },
    ['a', 'b'],
    ['c', '', null, ['a']],
  ],
  [
    'a URL',
    (value) => {
      checkURL('u', value);
    },
    ['http://a', 'HTTPS://a/b?c'],
    ['', 'a', 'ftp://a', 'http://', {}],
  ],
  [
    'a token',
    (value) => {
      checkToken('t', value);
    },
    ['abc', 'a.b-c_d~+/=', '!#"'],
    ['', ' ', 'a\tb', 'ä', 5, null],
  ],
  [
    'headers',
    checkHeaders,
    [undefined, {}, { a: 'b', c: null, d: 1, e: ['f'] }],
    [null, [], 'a', { a: {} }, { '': '1' }],
  ],
])('%s is told from what is none', (_, check, good, bad) => {
  for (const value of good)
    expect(() => {
      check(value);
    }).not.toThrow();
  for (const value of bad)
    expect(() => {
      check(value);
    }).toThrow();
});

test('a long value is cut short', () => {
  expect(() => {
    checkSeconds('timeout', 'x'.repeat(1000));
  }).toThrow(/^.{1,250}$/);
});
