import { runInNewContext } from 'node:vm';
import { isPlainObject, kindOf } from '../../src/checks/kind-of';

class User {
  readonly name = 'Ada';
}

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [5, '5'],
  [NaN, 'NaN'],
  [10n, '10'],
  [true, 'true'],
  ['', 'an empty string'],
  ['s3cret', 'a string'],
  [Symbol('s3cret'), 'a symbol'],
  [() => 0, 'a function'],
  [['s3cret'], 'a list'],
  [{ a: 's3cret' }, 'an object'],
  [Object.create(null), 'an object'],
  [new User(), 'an instance of User'],
  [Promise.resolve(), 'an instance of Promise'],
  [new (class { readonly name = 'Ada'; })(), 'an object of a class'], // prettier-ignore
  [Object.create({ timeout: 1 }), 'an instance of Object'],
  [Object.create(Object.create(null) as object), 'an object'],
])('%p is %s', (value, kind) => {
  expect(kindOf(value)).toBe(kind);
});

test.each<[string, unknown, boolean]>([
  ['an object literal', {}, true],
  ['one without prototype', Object.create(null), true],
  ['one of another realm', runInNewContext('({})'), true],
  ['a class instance', new User(), false],
  ['one with inherited options', Object.create({ timeout: 1 }), false],
  ['a list', [], false],
  ['a Map', new Map(), false],
  ['null', null, false],
  ['a string', 'a', false],
])('%s', (_, value, isPlain) => {
  expect(isPlainObject(value)).toBe(isPlain);
});
