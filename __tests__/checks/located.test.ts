import { located } from '../../src/checks/located';

function raise(error: Error): never {
  throw error;
}

test.each([TypeError, RangeError])('a %p says where the option stands, and keeps its kind', (Type) => {
  const error = new Type('Option `timeout` is wrong');

  expect(() => located('users', () => raise(error))).toThrow(error);
  expect(error.message).toBe('users: option `timeout` is wrong');
  expect(error.stack).toMatch(/^\w+: users: option `timeout` is wrong\n {4}at /);
});

test.each(['users', 'default'])('one place is said, the innermost: not %p, in which it is', (outer) => {
  const error = new TypeError('Option `timeout` is wrong');

  expect(() => located(outer, () => located('users', () => raise(error)))).toThrow(error);
  expect(error.message).toBe('users: option `timeout` is wrong');
});

test('other errors and results are left alone', () => {
  const mistake = new Error('Mistake');

  expect(located('users', () => 7)).toBe(7);
  expect(() => located('users', () => raise(mistake))).toThrow(mistake);
  expect(mistake.message).toBe('Mistake');
});
