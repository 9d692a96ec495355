import { keep } from '../../src/inspector/keep';

test('forgets the first entry above the limit', () => {
  const map = new Map<string, number>();

  for (const [index, key] of ['a', 'b', 'a', 'c'].entries()) keep(map, key, index, 2);

  expect([...map]).toEqual([
    ['b', 1],
    ['c', 3],
  ]);
});
