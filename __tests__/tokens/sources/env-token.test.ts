import { HTTPClient } from '../../../src/index';
import { envToken } from '../../../src/tokens/sources/env-token';
import { service } from '../../support/service';

const REQUEST = { url: 'http://user-service/' };

afterEach(() => {
  for (const name of ['SERVICE_AUTH_TOKEN', 'AUTH_TOKEN']) Reflect.deleteProperty(process.env, name);
});

test.each([
  [{ SERVICE_AUTH_TOKEN: 'service', AUTH_TOKEN: 'auth' }, 'service'],
  [{ AUTH_TOKEN: 'auth' }, 'auth'],
  [{ SERVICE_AUTH_TOKEN: '', AUTH_TOKEN: 'auth' }, 'auth'],
  [{ SERVICE_AUTH_TOKEN: '', AUTH_TOKEN: '' }, undefined],
  [{}, undefined],
])('%j holds %s', (env, token) => {
  expect(envToken(env).getToken(REQUEST)).toBe(token);
});

test('the environment is read at each call of one client', async () => {
  const api = await service();
  const client = new HTTPClient();

  await client.get(api.url);
  process.env['AUTH_TOKEN'] = 'first';
  await client.get(api.url);
  process.env['SERVICE_AUTH_TOKEN'] = 'second';
  await client.get(api.url);
  process.env['SERVICE_AUTH_TOKEN'] = '';
  await client.get(api.url);

  const tokens = api.requests.map(({ headers }) => headers.authorization);
  expect(tokens).toEqual([undefined, 'Bearer first', 'Bearer second', 'Bearer first']);
});

test('a token that changes in the wait is used by the retry', async () => {
  process.env['AUTH_TOKEN'] = 'old';
  const api = await service(() => {
    const status = process.env['AUTH_TOKEN'] === 'old' ? 503 : 200;
    process.env['AUTH_TOKEN'] = 'new';
    return { status };
  });

  await new HTTPClient({ retry: { base: 0.001 } }).get(api.url);

  expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});
