import { withMembers } from '../../src/util/with-members';

class Point {
  x = 1;
  get y(): number {
    return 2 * this.x;
  }
  sum(): number {
    return this.x + this.y;
  }
}

test('a copy has the new members, and the others of the object and its class', () => {
  const given = Object.freeze(new Point());

  const copy = withMembers<{ x: number; y: number; sum(): number }>(given, { x: 10, y: 20 });

  expect(copy).toBeInstanceOf(Point);
  expect(copy.sum()).toBe(30);
  expect(given.sum()).toBe(3);
});

test('a copy of an object without a prototype has none', () => {
  const given = Object.assign(Object.create(null) as object, { a: 1 });

  expect(Object.getPrototypeOf(withMembers(given, { a: 2 }))).toBeNull();
});
