import { Agent } from 'node:http';
import { snapshot } from '../../../src/client/options/snapshot';

test('object literals and lists are copied at any depth', () => {
  const given = { params: { tags: ['a', { b: 1 }] }, names: Object.assign(Object.create(null) as object, { c: 2 }) };

  const copy = snapshot(given);

  expect(copy).toEqual(given);
  expect(Object.getPrototypeOf(copy.names)).toBeNull();
  expect(copy.params.tags).not.toBe(given.params.tags);
  expect(copy.params.tags[1]).not.toBe(given.params.tags[1]);
});

test.each([new Agent(), new URLSearchParams('a=1'), new Date(0), () => 1, null, undefined, 'text'])(
  'anything else stays the same: %p',
  (value) => {
    expect(snapshot({ value }).value).toBe(value);
  },
);

test('a value that contains itself is copied once', () => {
  const given: Record<string, unknown> = {};
  given['self'] = given;

  const copy = snapshot(given);

  expect(copy).not.toBe(given);
  expect(copy['self']).toBe(copy);
});

test('a member named __proto__ is a member', () => {
  const copy = snapshot(JSON.parse('{ "__proto__": { "a": 1 } }') as object);

  expect(Object.keys(copy)).toEqual(['__proto__']);
  expect(copy).not.toHaveProperty('a');
});

test('a member whose name is a symbol is a member, as in axios', () => {
  const [name, hidden] = [Symbol('name'), Symbol('hidden')];
  const given = Object.defineProperty({ [name]: { a: 1 } }, hidden, { value: 1, enumerable: false });

  const copy = snapshot(given);

  expect(copy[name]).toEqual({ a: 1 });
  expect(copy[name]).not.toBe(given[name]);
  expect(Object.getOwnPropertySymbols(copy)).toEqual([name]);
});
