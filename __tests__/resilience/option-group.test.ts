import { optionGroup } from '../../src/resilience/option-group';

interface Options {
  readonly size?: number;
}

test('the group is a copy that inherits nothing', () => {
  const given: Options = { size: 1 };
  const group = optionGroup('box', given, ['size']);

  expect(group).toEqual({ size: 1 });
  expect(group).not.toBe(given);
  expect(Object.getPrototypeOf(group)).toBeNull();
});

test.each<[unknown, string]>([
  [null, 'Option `box` must be an object or false, got null'],
  [true, 'Option `box` must be an object or false, got true'],
  [[], 'Option `box` must be an object or false, got a list'],
  [{ sise: 1 }, 'Unknown `box` option `sise`. Did you mean `size`?'],
])('%j is refused', (given, message) => {
  expect(() => optionGroup<Options>('box', given as Options, ['size'], ' or false')).toThrow(new TypeError(message));
});

test('what may be written instead is named only where there is something', () => {
  expect(() => optionGroup<Options>('box', 3 as Options, ['size'])).toThrow('must be an object, got 3');
});
