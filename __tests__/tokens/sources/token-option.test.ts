import { toTokenSource } from '../../../src/tokens/sources/token-option';

const REQUEST = { url: 'http://user-service/' };

test('null stands for no token, a source for itself', () => {
  const source = { getToken: () => 'x' };

  expect(toTokenSource('token', null)).toBeUndefined();
  expect(toTokenSource('token', source)).toBe(source);
});

test.each(['x', () => 'x'])('a token and a function are made a source: case %#', async (value) => {
  const answer = await toTokenSource('token', value)?.getToken(REQUEST);

  expect([answer].map((token) => (typeof token === 'object' ? token.token : token))).toEqual(['x']);
});

test.each<[unknown, RegExp]>([
  [undefined, /got undefined$/],
  [7, /got a number$/],
  [{ token: 's3cret' }, /got an object without getToken\(\)$/],
  ['s3cret token', /`token`/],
])('%p is refused, and not shown', (value, words) => {
  expect(() => toTokenSource('token', value)).toThrow(words);
  expect(() => toTokenSource('token', value)).not.toThrow(/s3cret/);
});
