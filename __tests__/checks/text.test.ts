import { checkText } from '../../src/checks/text';

test('a text is one that is not empty', () => {
  expect(() => {
    checkText('clientId', 'a');
  }).not.toThrow();
});

test.each<[unknown, string]>([
  ['', 'an empty string'],
  [null, 'null'],
  [undefined, 'undefined'],
  [7, 'a number'],
  [['s3cret'], 'a list'],
  [Promise.resolve('s3cret'), 'an instance of Promise'],
])('%p is refused by the name of its option', (value, got) => {
  expect(() => {
    checkText('clientId', value);
  }).toThrow(new RegExp(`\`clientId\`.*got ${got}$`));
});
