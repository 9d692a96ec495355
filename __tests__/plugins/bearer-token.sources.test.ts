import { HTTPClient, perHost, type TokenSource } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

describe('a source that returns something else than a token', () => {
  const wrong: [string, unknown, string][] = [
    ['the response of an issuer', { access_token: 'x' }, 'an object'],
    ['an empty object', {}, 'an object'],
    ['a list', ['a'], 'a list'],
    ['a String object', new String('abc'), 'an instance of String'],
    ['a number', 7, 'a number'],
    ['a token that is not text', { token: 7 }, 'a number'],
    ['an object with an undefined token', { token: undefined }, 'undefined'],
  ];
  const forms: [string, (value: unknown) => TokenSource['getToken']][] = [
    ['at once', (value) => () => value as string],
    ['as a promise', (value) => async () => Promise.resolve(value as string)],
    // Not a promise of this realm.
    ['as a thenable', (value) => () => ({ then: (done: (value: unknown) => void) => { done(value); } }) as never],
  ]; // prettier-ignore

  test.each(wrong.flatMap(([what, value, got]) => forms.map(([how, make]) => [what, how, make(value), got] as const)))(
    'fails the call, which says what came, and nothing is sent without a token: %s, %s',
    async (_what, _how, getToken, got) => {
      const api = await service();
      const sources = [{ getToken }, perHost({ '127.0.0.1': { getToken } })];

      for (const token of sources) {
        const error = await failure(new HTTPClient({ token }).get(api.url));
        expect(error).toMatchObject({ name: 'TokenError', code: 'TOKEN_INVALID', sent: 'no' });
        expect(error.message).toContain(`the token must be a string, got ${got}`);
      }
      expect(api.requests).toEqual([]);
    },
  );

  test.each([undefined, null])('sends no token for %s', async (nothing) => {
    const api = await service();

    await new HTTPClient({ token: () => nothing as undefined }).get(api.url);

    expect(api.requests[0]?.headers.authorization).toBeUndefined();
  });
});

test('a source is told which of its tokens was rejected, whatever became of the header', async () => {
  const api = await service([{ status: 401 }]);
  const invalidate = jest.fn();
  const client = new HTTPClient({ ...FAST, token: { getToken: () => 'of-source', invalidate } });
  client.axios.defaults.transformRequest = (data: unknown, headers) => {
    headers.delete('Authorization');
    return data;
  };

  await failure(client.axios.get(api.url));

  expect(invalidate.mock.calls).toEqual([['of-source']]);
});

test("a caller's own credentials are left alone where the URL is none of ours", async () => {
  const client = new HTTPClient({
    token: 'unused',
    plugins: [
      {
        name: 'custom',
        ring: 'attempt',
        install(http) {
          http.interceptors.request.use((config) => Object.assign(config, { url: 'custom:thing' }));
        },
      },
    ],
    adapter: async (config) =>
      Promise.resolve({ data: config.headers.get('Authorization'), status: 200, statusText: '', headers: {}, config }),
  });

  const { data } = await client.get('http://user-service', { headers: { Authorization: 'Custom 1' } });

  expect(data).toBe('Custom 1');
});
