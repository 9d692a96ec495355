import { findName, isToken } from '../../src/util/header-names';

test.each(['X-Trace', 'get', "!#$%&'*+-.^_`|~09az"])('%s is a token of HTTP', (text) => {
  expect(isToken(text)).toBe(true);
});

test.each(['', 'X Trace', 'X-Trace:', 'naïve', 'a\n', '(a)', 'a/b'])('%j is none', (text) => {
  expect(isToken(text)).toBe(false);
});

test('a name is found in whatever case it is there', () => {
  expect(findName({ Accept: 1, 'X-TRACE': 2 }, 'x-trace')).toBe('X-TRACE');
  expect(findName({ Accept: 1 }, 'x-trace')).toBeUndefined();
});

test('a name that is inherited is not there', () => {
  expect(findName(Object.create({ 'x-trace': 1 }) as object, 'x-trace')).toBeUndefined();
});
