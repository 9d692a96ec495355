import { staticToken } from '../../../src/tokens/sources/static-token';

test('a static token is the same each time, at once', () => {
  const source = staticToken('abc');

  expect(source.getToken({ url: 'http://user-service/' })).toBe('abc');
  expect(source.getToken({ url: 'http://ticket-service/' })).toBe('abc');
});
