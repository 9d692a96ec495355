import { partsOf } from '../../src/util/url-parts';
import { expectLinear } from '../support/linear';

test.each([
  ['/users/{id}', '', '/users/{id}', ''],
  ['users?q=1#top', '', 'users', '?q=1#top'],
  ['', '', '', ''],
  ['http://ada:pw@users:8000/a/b?c=/d', 'http://ada:pw@users:8000', '/a/b', '?c=/d'],
  ['https://users', 'https://users', '', ''],
  ['https://users?a=1', 'https://users', '', '?a=1'],
  ['https://users#a?b', 'https://users', '', '#a?b'],
  ['//users/a', '//users', '/a', ''],
  ['http:\\\\users\\a', 'http:\\\\users', '\\a', ''],
  ['http:users/a', 'http:users', '/a', ''],
  ['  ht\ttp://users/\na', 'http://users', '/a', ''],
  ['users:{verb}', '', 'users:{verb}', ''],
  ['/go/http://users/a', '', '/go/http://users/a', ''],
])('%j is made of %j, %j and %j', (url, origin, path, rest) => {
  expect(partsOf(url)).toEqual({ origin, path, rest });
});

test('a URL is split in a time that grows with its length', () => {
  expectLinear(partsOf);
  expectLinear(partsOf, 'http:', '\n');
});
