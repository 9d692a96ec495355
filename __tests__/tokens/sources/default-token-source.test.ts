import { defaultTokenSource, describeTokenOption } from '../../../src/tokens/sources/default-token-source';
import { toTokenSource } from '../../../src/tokens/sources/token-option';

const REQUEST = { url: 'http://user-service/' };
const SERVICE = {
  TOKEN_SERVICE_URL: 'http://127.0.0.1:1/',
  TOKEN_SERVICE_CLIENT_ID: 'a',
  TOKEN_SERVICE_CLIENT_SECRET: 'b',
};

test('what the client is told comes before the environment', () => {
  expect(defaultTokenSource(null, { AUTH_TOKEN: 'x' })).toBeUndefined();
  expect(defaultTokenSource(undefined, { AUTH_TOKEN: 'x' })?.getToken(REQUEST)).toEqual(
    toTokenSource('token', 'x')?.getToken(REQUEST),
  );
});

test('a token of the environment comes before its token service', () => {
  const source = defaultTokenSource(undefined, { ...SERVICE, AUTH_TOKEN: 'x' });

  expect(source?.getToken(REQUEST)).toEqual(toTokenSource('token', 'x')?.getToken(REQUEST));
  source?.close?.();
});

test.each([
  [undefined, {}, 'environment'],
  [undefined, SERVICE, 'environment, then token service'],
  [null, SERVICE, 'none'],
  ['s3cret', {}, 'fixed token'],
  [() => 's3cret', {}, 'function'],
  [{ getToken: () => 's3cret' }, {}, 'token source'],
])('of the token %p a log tells the kind', (token, env, kind) => {
  expect(describeTokenOption(token, env)).toBe(kind);
});
