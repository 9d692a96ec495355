import { adviser, sameName } from '../../src/checks/counterparts';

test.each(['follow_redirects', 'followRedirects', 'FollowRedirects', 'follow-redirects'])('%s is one name', (name) => {
  expect(sameName(name, ['timeout', 'followRedirects'])).toBe('followRedirects');
});

test('advice is found in any spelling, and shows the name as it is known', () => {
  const advise = adviser({
    'use `a`': 'one twoWords',
    'use { $ }': `
    three
    fourWords`,
  });

  expect(['one', 'two_words', 'Three', 'four-words', 'five'].map(advise)).toEqual([
    'use `a`',
    'use `a`',
    'use { three }',
    'use { fourWords }',
    undefined,
  ]);
});
