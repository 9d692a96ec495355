import { isPromise, promised } from '../../src/util/promises';

test.each<[unknown, boolean]>([
  [Promise.resolve(1), true],
  [{ then: () => undefined }, true],
  [{ then: 1 }, false],
  ['then', false],
  [null, false],
  [undefined, false],
])('%p is still to come: %p', (value, isLater) => {
  expect(isPromise(value)).toBe(isLater);
});

test('what a step throws is a rejection', async () => {
  const boom = new Error('boom');

  await expect(
    promised(() => {
      throw boom;
    }),
  ).rejects.toBe(boom);
  await expect(promised(async () => Promise.resolve('fine'))).resolves.toBe('fine');
});
