import { rememberLatest } from '../../src/util/remember-latest';

test('an argument that is the one before is not worked out again', () => {
  const asked: string[] = [];
  const lengthOf = rememberLatest((text) => asked.push(text) && text.length);

  expect(['json', 'json', 'text/html', 'json'].map(lengthOf)).toEqual([4, 4, 9, 4]);
  expect(asked).toEqual(['json', 'text/html', 'json']);
});
