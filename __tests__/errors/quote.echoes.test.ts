import { inspect } from 'node:util';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

const PROBLEM = { 'Content-Type': 'application/problem+json' };

test.each<[string, string, RequestOptions]>([
  ['a token', 'opaque-token-1', { token: 'opaque-token-1' }],
  ['a password', 'swordfish', { auth: { username: 'ada', password: 'swordfish' } }],
  ['a key', 'live-key-55', { headers: { 'X-Api-Key': 'live-key-55' } }],
  ['a session', '0123456789', { headers: { Cookie: 'lang=en; sid=0123456789' } }],
  ['a key in the query', 'live+key/55 =', { params: { page: 2, api_key: 'live+key/55 =' } }],
])('%s that the service quotes is not in the output of the exception', async (_, secret, options) => {
  const detail = `${secret} is not valid here`;
  const api = await service([
    { status: 403, headers: PROBLEM, body: JSON.stringify({ detail }) },
    { status: 403, json: { message: detail } },
  ]);
  const client = new HTTPClient({ token: null, logErrorBody: true });
  const failure = async (): Promise<unknown> => client.get(api.url, options).catch((error: unknown) => error);

  for (const error of [await failure(), await failure()]) {
    const output = `${inspect(error)} ${JSON.stringify(error)}`;
    expect(output).toContain('*** is not valid here');
    expect(output).not.toContain(secret);
  }
});

test('a password and a key in the URL that the service quotes are not in the output of the exception', async () => {
  const detail = 'neither sword@fish nor live-key-55 is valid here';
  const api = await service([{ status: 403, headers: PROBLEM, body: JSON.stringify({ detail }) }]);
  const url = api.url.replace('//', '//ada:sword%40fish@');

  const error: unknown = await new HTTPClient({ token: null })
    .get(`${url}/users?api%5Fkey=live-key-55`)
    .catch((thrown: unknown) => thrown);

  expect(inspect(error)).toContain('neither *** nor *** is valid here');
});
