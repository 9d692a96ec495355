import { ATTR_HTTP_REQUEST_METHOD } from '@opentelemetry/semantic-conventions';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { KnownMethods } from '../../src/opentelemetry/known-methods';

const STANDARD = Object.entries(conventions).flatMap(([name, value]) =>
  name.startsWith('HTTP_REQUEST_METHOD_VALUE_') ? [String(value)] : [],
);

test(`the values of ${ATTR_HTTP_REQUEST_METHOD} are those of the conventions`, () => {
  const methods = new KnownMethods(undefined);

  expect(STANDARD.length).toBeGreaterThan(9);
  expect(STANDARD.map((name) => methods.nameOf(name))).toEqual(STANDARD);
});

test.each(['PURGE', 'get', '', 'constructor'])('%p is another one', (method) => {
  expect(new KnownMethods(undefined).nameOf(method)).toBe('_OTHER');
});

test('a list of the environment takes the place of the standard', () => {
  const methods = new KnownMethods('GET, PURGE');

  expect(['GET', 'PURGE', 'POST'].map((name) => methods.nameOf(name))).toEqual(['GET', 'PURGE', '_OTHER']);
});

test.each(['', ' ', ','])('a list without a name counts as none: %p', (list) => {
  expect(new KnownMethods(list).nameOf('POST')).toBe('POST');
});
