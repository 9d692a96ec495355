import { optionGroup } from '../../src/checks/option-group';

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
  [null, 'Option `box` must be an object or false, got null: `{}` has all defaults'],
  ['secret', 'Option `box` must be an object or false, got a string: `{}` has all defaults'],
  [[], 'Option `box` must be an object or false, got a list: `{}` has all defaults'],
  [{ sise: 1 }, 'Unknown `box` option `sise`. Did you mean `size`?'],
  [{ lid: 1 }, 'Unknown `box` option `lid`: use a box with a lid'],
])('%j is refused', (given, message) => {
  const wording = {
    expected: 'an object or false',
    advice: '`{}` has all defaults',
    instead: (name: string) => (name === 'lid' ? 'use a box with a lid' : undefined),
  };
  expect(() => optionGroup<Options>('box', given as Options, ['size'], wording)).toThrow(new TypeError(message));
});

test('without a wording, an object is expected', () => {
  expect(() => optionGroup<Options>('box', 3 as Options, ['size'])).toThrow('must be an object, got 3');
});
