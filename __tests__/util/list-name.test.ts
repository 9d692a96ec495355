import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const LIST = { 'ids[]': [1, 2] };

test.each<[string, object, string]>([
  ['by itself', LIST, 'ids[]=1&ids[]=2'],
  ['with one item', { 'ids[]': [1] }, 'ids[]=1'],
  ['beside an object', { ...LIST, a: { b: 1 } }, 'ids[]=1&ids[]=2&a[b]=1'],
])('a list whose name ends in brackets keeps them: %s', async (_, params, query) => {
  const api = await service();
  const client = new HTTPClient({ token: null });

  await client.get(api.url, { params });
  await client.axios.get(api.url, { params });

  const sent = api.requests.map(({ url }) => queryOf(url));
  expect(sent).toEqual([query, query]);
  expect(queryOf(client.axios.getUri({ url: api.url, params }))).toBe(query);
});

test.each([
  [{ indexes: null }, 'ids[]=1&ids[]=2'],
  [{ indexes: false }, 'ids[]=1&ids[]=2'],
  [{ indexes: true }, 'ids[0]=1&ids[1]=2'],
])('with %j, the query is %s', async (paramsSerializer, query) => {
  const api = await service();

  await new HTTPClient({ token: null }).get(api.url, { params: LIST, paramsSerializer });

  expect(queryOf(api.requests[0]?.url)).toBe(query);
});

function queryOf(url = ''): string {
  return decodeURIComponent(url.split('?')[1] ?? '');
}
