import { located } from '../../src/nestjs/located';

test.each([TypeError, RangeError])('a %p says where the option stands, and keeps its kind', (Type) => {
  const cause = new Type('Option `timeout` is wrong');
  const step = (): never => {
    throw cause;
  };

  expect(() => located('users', step)).toThrow(new Type('users: option `timeout` is wrong', { cause }));
});

test('other errors and results are left alone', () => {
  const mistake = new Error('Mistake');

  expect(located('users', () => 7)).toBe(7);
  expect(() =>
    located('users', () => {
      throw mistake;
    }),
  ).toThrow(mistake);
});
