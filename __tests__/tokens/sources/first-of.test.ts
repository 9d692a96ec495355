import { firstOf } from '../../../src/tokens/sources/first-of';
import { staticToken } from '../../../src/tokens/sources/static-token';
import type { TokenSource } from '../../../src/tokens/sources/token-source';

const REQUEST = { url: 'http://user-service/' };
const none: TokenSource = { getToken: () => undefined };

test('the token is that of the first source that has one', async () => {
  const getToken = jest.fn(() => 'later');

  expect(await firstOf(none, staticToken('a'), { getToken }).getToken(REQUEST)).toBe('a');
  expect(getToken).not.toHaveBeenCalled();
});

test('sources are asked in turn, each with the same request', async () => {
  const first = jest.fn(async () => Promise.resolve(undefined));
  const second = jest.fn(async () => Promise.resolve({ token: 'b', expiresAt: 1 }));

  const answer = await firstOf({ getToken: first }, { getToken: second }).getToken(REQUEST);

  expect(answer).toEqual({ token: 'b', expiresAt: 1 });
  expect(first).toHaveBeenCalledWith(REQUEST);
  expect(second).toHaveBeenCalledWith(REQUEST);
});

test('there is no token where no source has one', async () => {
  const source = firstOf(none, none);

  expect(await source.getToken(REQUEST)).toBeUndefined();
});

test('a source that fails is not passed over', async () => {
  const failing: TokenSource = { getToken: async () => Promise.reject(new Error('the vault is sealed')) };

  await expect(firstOf(failing, staticToken('a')).getToken(REQUEST)).rejects.toThrow('the vault is sealed');
});

test('a token that is at hand is there at once', () => {
  const slow: TokenSource = { getToken: async () => Promise.resolve('slow') };

  expect(firstOf(none, staticToken('a')).getToken(REQUEST)).toBe('a');
  expect(firstOf(none, staticToken('a'), slow).getToken(REQUEST)).toBe('a');
});

test('a token is not there at once while a source before it has to be waited for', async () => {
  const slow: TokenSource = { getToken: async () => Promise.resolve(undefined) };

  const answer = firstOf(slow, staticToken('a')).getToken(REQUEST);

  expect(answer).toBeInstanceOf(Promise);
  expect(await answer).toBe('a');
});

test('functions, tokens and null are sources, as for a client', async () => {
  expect(await firstOf(null, () => undefined, 'a').getToken(REQUEST)).toBe('a');
  expect(await firstOf(none, async () => Promise.resolve('b')).getToken(REQUEST)).toBe('b');
  expect(await firstOf(null).getToken(REQUEST)).toBeUndefined();
});

test('a promise of another library is waited for', async () => {
  const later = {
    then(resolve: (token: undefined) => void) {
      resolve(undefined);
    },
  };

  expect(await firstOf({ getToken: () => later as never }, staticToken('a')).getToken(REQUEST)).toBe('a');
});

test.each<[unknown, string]>([
  [undefined, 'Option `firstOf[1]` must be a token source, a function, a token or null, got undefined'],
  [{ token: 's3cret' }, 'got an object without getToken()'],
  ['s3cret token', 'Option `firstOf[1]` must not contain a space'],
])('%p is refused when the source is made, and not shown', (value, message) => {
  expect(() => firstOf(none, value as never)).toThrow(message);
  expect(() => firstOf(none, value as never)).not.toThrow(/s3cret/);
});

test('every source is told to forget a token, and to close', () => {
  const source = { getToken: () => 'a', invalidate: jest.fn(), close: jest.fn() };
  const all = firstOf(none, source);

  all.invalidate?.('a');
  all.close?.();

  expect(source.invalidate).toHaveBeenCalledWith('a');
  expect(source.close).toHaveBeenCalledTimes(1);
});
