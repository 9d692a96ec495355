import { sign } from 'jsonwebtoken';
import { Call } from '../../../src/call/call';
import { HTTPClient, memoryTokenStore, tokenService } from '../../../src/index';
import { readToken } from '../../../src/tokens/issuer/read-token';
import { service } from '../../support/service';

const NOW = Date.UTC(2026, 0, 1);
const IAT = NOW / 1000;

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

/** Seconds from now at which a token is taken to end. */
function lifeOf(data: object, elapsed = 0): number {
  const { expiresAt = Infinity } = readToken({ status: 200, data, call: new Call('POST', 'http://tokens/'), elapsed }, [
    'Bearer',
  ]);
  return (expiresAt - NOW) / 1000;
}

function jwt(claims: { readonly exp: number; readonly iat?: number }): string {
  return sign(claims, 'a key', { noTimestamp: claims.iat === undefined });
}

test.each([
  [3600, 3599],
  ['3600', 3599],
  [4, 3],
  [2, 1.5],
  [1, 0.75],
])('of %s s, that part is not counted on which rounding may have taken', (life, left) => {
  expect(lifeOf({ access_token: 'opaque', expires_in: life })).toBe(left);
});

test('the time that the answer took is not counted on either', () => {
  expect(lifeOf({ access_token: 'opaque', expires_in: 3600 }, 2000)).toBe(3597);
});

test.each([null, 0, -1, 'soon', Infinity])('with %s for its life, a token is kept for a minute', (life) => {
  expect(lifeOf({ access_token: 'opaque', expires_in: life })).toBe(60);
});

test.each([
  ['the response', { access_token: 'opaque', expires_in: 1e308 }],
  ['the token', { access_token: jwt({ exp: 1e308 }) }],
])('a token that never ends, as %s has it, is kept for a year, and can be shared', async (_, data) => {
  expect(lifeOf(data)).toBe(366 * 86_400);
  const tokens = await service([{ json: data }]);
  const store = memoryTokenStore();
  const stored = jest.spyOn(store, 'set');
  const ask = async (): Promise<unknown> => {
    const source = tokenService({ url: tokens.url, clientId: 'c', clientSecret: 's', store });
    return Promise.resolve(source.getToken({ url: 'http://a/' })).finally(() => source.close?.());
  };

  await ask();
  while (stored.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await ask();

  expect(tokens.requests).toHaveLength(1);
});

test('a token that says alone when it ends is taken at its word', () => {
  expect(lifeOf({ access_token: jwt({ exp: IAT + 100 }) })).toBe(100);
});

test.each([
  ['the token says less', { exp: IAT + 100, iat: IAT }, 99],
  ['the token says more', { exp: IAT + 900, iat: IAT }, 299],
  ['the clock of the issuer is an hour ahead', { exp: IAT + 3900, iat: IAT + 3600 }, 299],
  ['the clock of the issuer is an hour behind', { exp: IAT - 3300, iat: IAT - 3600 }, 299],
  ['the token does not say since when', { exp: IAT + 200 }, 199],
  ['the token does not say since when, on a clock that is behind', { exp: IAT - 200 }, 299],
  ['the token ends before it begins', { exp: IAT + 100, iat: IAT + 200 }, 99],
])('the shorter life counts where both speak, on whatever clock: %s', (_, claims, left) => {
  expect(lifeOf({ access_token: jwt(claims), expires_in: 300 })).toBe(left);
});

test.each([
  ['Bearer', [], 'Bearer'],
  ['JWT', ['jwt', 'access'], 'Bearer'],
  [undefined, [], 'Bearer'],
])('a token of type %s is accepted with `tokenType: %j`, and sent as %s', async (token_type, tokenType, scheme) => {
  jest.restoreAllMocks();
  const [api, tokens] = [await service(), await service([{ json: { access_token: 'x', token_type } }])];
  const options = { url: tokens.url, clientId: 'a', clientSecret: 'b', ...(tokenType.length > 0 && { tokenType }) };
  const client = new HTTPClient({ token: tokenService(options) });

  await client.get(api.url);

  expect(api.requests[0]?.headers.authorization).toBe(`${scheme} x`);
  client.close();
});

test('a token of a type that is not accepted is refused, and the error names those that are', () => {
  const response = {
    status: 200,
    data: { access_token: 'x', token_type: 'mac' },
    call: new Call('POST', 'http://tokens/'),
    elapsed: 0,
  };

  expect(() => readToken(response, ['Bearer', 'JWT'])).toThrow(
    'the token_type in the 200 response is not Bearer or JWT',
  );
});

test.each([
  ['invalid_client', 'POST http://tokens/: the 200 response is an error (invalid_client)'],
  ['a whole sentence with a s3cr3t', 'POST http://tokens/: the 200 response is an error'],
  [{ code: 7 }, 'POST http://tokens/: the 200 response is an error'],
])('an error in a 200 is named: %j', (error, message) => {
  const response = { status: 200, data: { error }, call: new Call('POST', 'http://tokens/'), elapsed: 0 };

  let thrown: unknown;
  try {
    readToken(response, ['Bearer']);
  } catch (error) {
    thrown = error;
  }

  expect(thrown).toMatchObject({ message, code: 'TOKEN_UNAVAILABLE' });
});
