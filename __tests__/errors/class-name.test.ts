import { inspect } from 'node:util';
import { classNameOf, nameClass } from '../../src/errors/class-name';
import { HTTPError, isHTTPError, isTimeout } from '../../src/index';

class A {
  readonly a = 1;
}
nameClass(A, 'Given');

test('a class has the name that was given to it, whatever a minifier calls it', () => {
  expect(classNameOf(A)).toBe('Given');
});

test.each([
  [class Named extends A {}, 'Named'],
  [class extends class Between extends A {} {}, 'Given'],
  [class Plain extends Array {}, 'Plain'],
  [class extends Array {}, ''],
])('the name of %p is %s', (type, name) => {
  Object.defineProperty(type, 'name', { value: type.name });

  expect(classNameOf(type)).toBe(name);
});

test('an exception of a subclass has its name in all prints, and passes the guards of its base', () => {
  class UserMissing extends HTTPError {
    readonly userId = 7;
  }

  const error = new UserMissing({ code: 'CLIENT_ERROR', message: 'no such user', retryable: false, sent: 'yes' });

  expect(error.name).toBe('UserMissing');
  expect(error.stack).toMatch(/^UserMissing \[CLIENT_ERROR\]: no such user/);
  expect(inspect(error)).toMatch(/^UserMissing \[CLIENT_ERROR\].*\n[^]*sent: yes, retryable: false, userId: 7$/);
  expect(error.toJSON()).toMatchObject({ name: 'UserMissing', userId: 7 });
  expect([isHTTPError(error), isTimeout(error)]).toEqual([true, false]);
});
