import { Axios } from 'axios';
import fc from 'fast-check';
import { flatQuery, withQuery } from '../../src/request/flat-query';

const TEXTS = fc.oneof(
  fc.constantFrom(
    '',
    'a b',
    'a+b',
    ':$,',
    '[]',
    'a[]',
    'a{}',
    'a.b',
    '%20',
    'é',
    '😀',
    '&=?#',
    "!'()*~",
    'constructor',
  ),
  fc.string({ unit: 'grapheme' }),
);
const DATES = fc.date({ noInvalidDate: true });
const ONE = fc.oneof(TEXTS, fc.double(), fc.integer(), fc.boolean(), DATES, fc.constantFrom(null, undefined));
const VALUES = fc.oneof(ONE, fc.array(ONE, { maxLength: 3 }));
const PARAMS = fc.dictionary(TEXTS, VALUES, { maxKeys: 4 });
const URLS = fc.constantFrom('/users', '/users?a=1', '/users?', '/users#part', '/users?a=1#part');

/** axios drops the brackets. */
const isNamedList = ([name, value]: [string, unknown]): boolean => Array.isArray(value) && name.trim().endsWith('[]');

test('the query and the URL of flat params are those of axios', () => {
  const axios = new Axios();

  fc.assert(
    fc.property(PARAMS, URLS, (params, url) => {
      const query = flatQuery(params, true);

      fc.pre(query !== undefined && !Object.entries(params).some(isNamedList));
      expect(withQuery(url, query)).toBe(axios.getUri({ url, params, paramsSerializer: { indexes: null } }));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a list of lists', { a: [[1]] }],
  ['a list of objects', { a: [1, {}] }],
  ['an object', { a: { b: 1 } }],
  ['a function', { a: () => 1 }],
  ['a name that axios drops', { constructor: 'x' }],
  ['a bigint', { a: 1n }],
])('axios writes the query of %s', (_, params) => {
  expect(flatQuery(params, true)).toBeUndefined();
});

test.each([
  [[1]],
  ['a=1'],
  [null],
  [
    new (class Query {
      a = 1;
    })(),
  ],
])('axios writes the query of %p', (params) => {
  expect(flatQuery(params, true)).toBeUndefined();
});

test('the query of a URLSearchParams is its text', () => {
  const params = new URLSearchParams({ a: 'b c', d: 'é' });

  expect(flatQuery(params, true)).toBe(new Axios().getUri({ params }).slice(1));
});

test('axios writes a list whose items do not repeat its name', () => {
  expect(flatQuery({ a: [1] }, false)).toBeUndefined();
});

test('a text that is no valid Unicode is refused, as by axios', () => {
  expect(() => flatQuery({ a: '\ud800' }, true)).toThrow(URIError);
});
