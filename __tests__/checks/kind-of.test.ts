import { runInNewContext } from 'node:vm';
import { isPlainObject, kindOf, valueOrKind } from '../../src/checks/kind-of';

class User {
  readonly name = 'Ada';
}

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [5, '5'],
  [NaN, 'NaN'],
  [10n, 'a bigint'],
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

test.each<[unknown, 'number' | 'word', string]>([
  ['5s', 'number', "'5s'"],
  ['-1.5', 'number', "'-1.5'"],
  ['5 seconds', 'number', "'5 seconds'"],
  ['10%', 'number', "'10%'"],
  ['s3cret', 'number', 'a string'],
  ['3f9a2b1c', 'number', 'a string'],
  ['falow', 'word', "'falow'"],
  ['HS256', 'word', "'HS256'"],
  ['http://ada:s3cret@a', 'word', 'a string'],
  ['s3cret'.repeat(4), 'word', 'a string'],
  ['', 'word', 'an empty string'],
  [{ token: 's3cret' }, 'number', 'an object'],
  [5, 'number', '5'],
])('%p, where a %s is expected, is shown as %s', (value, expected, shown) => {
  expect(valueOrKind(value, expected)).toBe(shown);
});
