import { inspect } from 'node:util';
import { AxiosError } from 'axios';
import { ERROR_CODES } from '../../src/errors/classes';
import type { ErrorCode } from '../../src/errors/codes';
import * as create from '../../src/errors/create';
import * as guards from '../../src/errors/guards';
import * as index from '../../src/index';
import { lazy } from '../../src/util/lazy';

/** A second copy of the package, as two versions of it in one node_modules make it. */
function secondCopy(): typeof create {
  let copy: typeof create = create;
  jest.isolateModules(() => {
    copy = lazy(() => require('../../src/errors/create') as typeof create)();
  });
  return copy;
}

const second = secondCopy();
const codes = Object.keys(ERROR_CODES) as ErrorCode[];
const all = Object.entries(guards);

/** Names of the classes that an exception is an instance of. */
function classesOf(error: object): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(error) as object | null; type; type = Object.getPrototypeOf(type) as object) {
    names.push(type.constructor.name);
  }
  return names;
}

test.each(codes)('%s passes the guards of its own classes, in either copy, and no other', (code) => {
  for (const { createException } of [create, second]) {
    const error = createException(code);
    const classes = classesOf(error);

    for (const [name, guard] of all) expect([name, guard(error)]).toEqual([name, classes.includes(name.slice(2))]);
  }
});

describe('in a bundle that renames classes', () => {
  /** A copy whose classes have lost their names, as esbuild and webpack leave them. */
  function minifiedCopy(): typeof create {
    const copy = secondCopy();
    const types = codes.map((code) => Object.getPrototypeOf(copy.createException(code)) as object);
    for (let type of types) {
      for (; type.constructor.name !== 'AxiosError'; type = Object.getPrototypeOf(type) as object) {
        Object.defineProperty(type.constructor, 'name', { value: 'a' });
      }
    }
    return copy;
  }

  const minified = minifiedCopy();

  test.each(codes)('%s has its name everywhere, and passes the guards of the other copy', (code) => {
    const error = minified.createException(code);
    const { name } = ERROR_CODES[code].type;

    expect((Object.getPrototypeOf(error) as object).constructor.name).toBe('a');
    expect([error.name, String(error).split(':')[0], error.toJSON()['name' as never]]).toEqual([name, name, name]);
    expect(inspect(error).split(' ')[0]).toBe(name);
    expect(all.filter(([, guard]) => guard(error)).map(([guard]) => guard.slice(2))).toEqual(
      expect.arrayContaining([name, 'RequestException']),
    );
  });
});

test('an exception of version 0.1.0, which marked the base class only, passes the guards', () => {
  const brand = Symbol.for('@hdms/http-client/exception');
  class RequestException extends AxiosError {
    static {
      Object.defineProperty(this.prototype, brand, { value: true });
    }
  }
  class Timeout extends RequestException {}
  class DeadlineExceeded extends Timeout {}

  const error = new DeadlineExceeded('old');

  expect(all.filter(([, guard]) => guard(error)).map(([name]) => name)).toEqual([
    'isRequestException',
    'isTimeout',
    'isDeadlineExceeded',
  ]);
});

test('the copies are two', () => {
  const error = second.createException('TIMEOUT');

  expect(error).not.toBeInstanceOf(index.Timeout);
  expect(guards.isTimeout(error)).toBe(true);
});

test.each([
  undefined,
  null,
  'Timeout',
  5,
  {},
  new Error('Timeout'),
  new AxiosError('timeout'),
  Object.assign(new Error('x'), { name: 'RequestException' }),
  class Timeout extends Error {},
])('%p passes none', (value) => {
  for (const [, guard] of all) expect(guard(value)).toBe(false);
});

test('something else that bears the brand passes none', () => {
  const branded = { [Symbol.for('@hdms/http-client/exception')]: true };

  for (const [, guard] of all) expect(guard(branded)).toBe(false);
});

test('every guard is public', () => {
  expect({ ...index }).toMatchObject(guards);
});

test('every class has a guard', () => {
  const types = Object.values(ERROR_CODES).map(({ type }) => `is${type.name}`);

  expect(Object.keys(guards).sort()).toEqual([...new Set(types)].sort());
});
