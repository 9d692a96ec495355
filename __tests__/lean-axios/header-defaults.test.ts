import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

test.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
  'a header put into the group of %s is sent with it, and not with the others',
  async (method) => {
    const api = await service();
    const client = new HTTPClient();

    const group = client.axios.defaults.headers[method] as Record<string, string>;
    group['x-group'] = 'yes';
    await client.request(method, api.url);
    await client.request(method === 'get' ? 'post' : 'get', api.url);

    expect(api.requests.map(({ headers }) => headers['x-group'])).toEqual(['yes', undefined]);
  },
);

test('a group can be put in the place of the one that is there', async () => {
  const api = await service();
  const client = new HTTPClient();

  client.axios.defaults.headers.post = { 'x-group': 'yes' };
  await client.post(api.url);

  expect(api.requests[0]?.headers['x-group']).toBe('yes');
});

test('a group that nobody looked at is no header', async () => {
  const api = await service();

  await new HTTPClient({ headers: { 'x-mine': 'yes' } }).get(api.url);

  expect(Object.keys(api.requests[0]?.headers ?? {})).toEqual(
    expect.not.arrayContaining(['post', 'put', 'patch', 'common']),
  );
  expect(api.requests[0]?.headers['x-mine']).toBe('yes');
});
