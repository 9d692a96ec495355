import { runInNewContext } from 'node:vm';
import { isAggregate, isError, toError } from '../../src/util/is-error';

test.each<[string, unknown]>([
  ['an error', new TypeError('a')],
  ['an error of another realm', runInNewContext('new Error("a")')],
  ['a DOMException', AbortSignal.abort().reason],
])('%s is one, and stays what it is', (_, value) => {
  expect(isError(value)).toBe(true);
  expect(toError(value)).toBe(value);
});

test.each<[unknown, string]>([
  ['nope', 'nope'],
  [undefined, 'undefined'],
  [7n, '7'],
  [Symbol('x'), 'Symbol(x)'],
  [{ message: 'a' }, '[object Object]'],
  [Object.create(null), 'a thrown object'],
])('%p becomes an error that says %j', (thrown, message) => {
  expect(isError(thrown)).toBe(false);
  expect(toError(thrown)).toMatchObject({ message });
});

test('an object that cannot be read is no error', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  expect(isError(proxy)).toBe(false);
  expect(toError(proxy)).toMatchObject({ message: 'a thrown object' });
});

test('an error may stand for several', () => {
  expect(isAggregate(new AggregateError([new Error('a')]))).toBe(true);
  expect(isAggregate(Object.assign(new Error('a'), { errors: 'two' }))).toBe(false);
});
