import {
  firstOf,
  HTTPClient,
  inboundToken,
  isRequestException,
  onBehalfOf,
  perHost,
  runInContext,
  type HTTPClientOptions,
  type TokenSource,
} from '../../src/index';
import { service } from '../support/service';

const BUSY = { status: 429, headers: { 'Retry-After': '20' } };

/** A source that has a token for each user. */
const perUser: TokenSource = {
  getToken: () => `for-${inboundToken() ?? 'nobody'}`,
  user: () => inboundToken(),
};
const none: TokenSource = { getToken: () => undefined };

/** What becomes of calls for two users, of which the first gets a 429. */
async function calls(token: HTTPClientOptions['token']): Promise<unknown[]> {
  const api = await service([BUSY, {}]);
  const client = new HTTPClient({ token, retryAttempts: 0, deadline: 0.5 });
  const callFor = async (user: string): Promise<unknown> => {
    const inbound = { authorization: `Bearer ${user}` };
    return runInContext(inbound, async () => client.get(`${api.url}/users`)).then(
      ({ status }) => status,
      (error: unknown) => isRequestException(error) && (error.status ?? error.code),
    );
  };
  return [await callFor('alice'), await callFor('bob'), await callFor('alice')];
}

test.each<[string, HTTPClientOptions['token']]>([
  ['a source that names the user', perUser],
  ['the first of several sources', firstOf(none, perUser)],
  ['a source per host', perHost({ '127.0.0.1': perUser })],
  ['the token of the inbound request', inboundToken],
])('with %s, a 429 for one user holds back none of the others', async (_, token) => {
  expect(await calls(token)).toEqual([429, 200, 'DEADLINE_EXCEEDED']);
});

test.each<[string, HTTPClientOptions['token']]>([
  ['a source that names no user', { getToken: () => 'token' }],
  ['a function', () => 'token'],
  [
    'a source that fails to',
    {
      getToken: () => 'token',
      user: () => {
        throw new Error('no context');
      },
    },
  ],
])('with %s, all calls count as those of one user', async (_, token) => {
  expect(await calls(token)).toEqual([429, 'DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED']);
});

test('onBehalfOf names the user by the token of the inbound request', () => {
  const clientOptions = { url: 'https://issuer/token', clientId: 'orders', clientSecret: 'secret' };
  const source = onBehalfOf({ ...clientOptions, subjectToken: inboundToken });

  const user = runInContext({ authorization: 'Bearer alice' }, () => source.user?.({ url: 'http://users/' }));

  expect([user, source.user?.({ url: 'http://users/' })]).toEqual(['alice', undefined]);
});
