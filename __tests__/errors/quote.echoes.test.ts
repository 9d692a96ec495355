import { inspect } from 'node:util';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

const PROBLEM = { 'Content-Type': 'application/problem+json' };

test.each<[string, string, RequestOptions]>([
  ['a token', 'opaque-token-1', { token: 'opaque-token-1' }],
  ['a password', 'swordfish', { auth: { username: 'ada', password: 'swordfish' } }],
  ['a key', 'live-key-55', { headers: { 'X-Api-Key': 'live-key-55' } }],
  ['a session', '0123456789', { headers: { Cookie: 'lang=en; sid=0123456789' } }],
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
