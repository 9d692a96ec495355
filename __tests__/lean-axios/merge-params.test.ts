import { HTTPClient } from '../../src/index';
import { mergeParams } from '../../src/lean-axios/merge-params';
import { service } from '../support/service';

type Params = object | null | undefined;

const search = (text: string): URLSearchParams => new URLSearchParams(text);

test.each<[string, Params, Params, string]>([
  ['a list and an object', search('tenant=a'), { page: 1 }, 'tenant=a&page=1'],
  ['an object and a list', { tenant: 'a' }, search('page=1'), 'tenant=a&page=1'],
  ['two lists', search('tenant=a'), search('page=1'), 'tenant=a&page=1'],
  [
    'the same name: that of the call',
    search('page=0&tenant=a&page=9'),
    search('page=1&page=2'),
    'tenant=a&page=1&page=2',
  ],
  ['a name that the call sets to null', search('tenant=a'), { tenant: null, page: 1 }, 'page=1'],
  ['a name that the call leaves undefined', search('tenant=a'), { tenant: undefined, page: 1 }, 'tenant=a&page=1'],
  ['lists in objects', { tag: ['a', 'b'] }, search('page=1'), 'tag=a&tag=b&page=1'],
  ['a list with brackets in its name', { 'id[]': [1, 2] }, search('page=1'), 'id%5B%5D=1&id%5B%5D=2&page=1'],
  ['special characters', { q: 'a b&c=d' }, search('r=%2B+ä'), 'q=a+b%26c%3Dd&r=%2B+%C3%A4'],
])('%s', (_, ofClient, ofCall, expected) => {
  expect(String(mergeParams(ofClient, ofCall))).toBe(expected);
});

test('an object is serialised as the call says', () => {
  const merged = mergeParams({ tag: ['a', 'b'] }, search('page=1'), { indexes: false });

  expect(String(merged)).toBe('tag%5B%5D=a&tag%5B%5D=b&page=1');
});

test.each<[string, Params, Params]>([
  ['two objects, which axios merges', { a: 1 }, { b: 2 }],
  ['no params of the client', undefined, { a: 1 }],
  ['no params of the call', { a: 1 }, undefined],
  ['params that the call removes', search('a=1'), null],
])('%s are left to axios', (_, ofClient, ofCall) => {
  expect(mergeParams(ofClient, ofCall)).toBe(ofCall);
});

test('the params of the client are not changed', () => {
  const ofClient = search('page=0');

  mergeParams(ofClient, search('page=1'));

  expect(ofClient.toString()).toBe('page=0');
});

test('the client and client.axios merge so, once for all attempts', async () => {
  const api = await service([{ status: 503 }, {}]);
  const client = new HTTPClient({ baseURL: api.url, params: search('tenant=a'), retry: { base: 0.001 } });

  await client.get('/1', { params: { page: [1, 2] } });
  await client.get('/2');
  await client.axios.get('/3', { params: search('page=1') });

  const first = '/1?tenant=a&page=1&page=2';
  expect(api.requests.map(({ url }) => url)).toEqual([first, first, '/2?tenant=a', '/3?tenant=a&page=1']);
});

describe('a URLSearchParams counts as it is when the call is made', () => {
  // A token that is fetched lets time pass before the URL is made.
  const token = async (): Promise<string> => Promise.resolve('token');

  test.each<[string, (client: HTTPClient, params: URLSearchParams) => Promise<unknown>]>([
    ['of a method', async (client, params) => client.get('/', { params })],
    ['of client.axios', async (client, params) => client.axios.get('/', { params })],
  ])('%s', async (_, get) => {
    const api = await service();
    const client = new HTTPClient({ baseURL: api.url, token });
    const params = search('page=0');

    const calls = [1, 2, 3].map(async (page) => {
      params.set('page', String(page));
      return get(client, params);
    });
    await Promise.all(calls);

    expect(api.requests.map(({ url }) => url).sort()).toEqual(['/?page=1', '/?page=2', '/?page=3']);
  });

  test('for a retry, too', async () => {
    const api = await service([{ status: 503 }, {}]);
    const params = search('page=1');

    const call = new HTTPClient({ retry: { base: 0.001 } }).get(api.url, { params });
    params.set('page', '2');
    await call;

    expect(api.requests.map(({ url }) => url)).toEqual(['/?page=1', '/?page=1']);
  });
});

test('what an interceptor changes is sent with its call only', async () => {
  const api = await service();
  const [ofClient, ofCall] = [search('tenant=a&old=1'), search('page=1')];
  const client = new HTTPClient({ baseURL: api.url, params: ofClient });
  client.axios.interceptors.request.use((config) => {
    const params = config.params as URLSearchParams;
    params.append('n', '1');
    params.delete('old');
    return config;
  });

  for (const path of ['/1', '/2']) {
    await client.get(path);
    await client.get(path, { params: ofCall });
  }

  expect(api.requests.map(({ url }) => url)).toEqual([
    '/1?tenant=a&n=1',
    '/1?tenant=a&page=1&n=1',
    '/2?tenant=a&n=1',
    '/2?tenant=a&page=1&n=1',
  ]);
  expect([ofClient.toString(), ofCall.toString()]).toEqual(['tenant=a&old=1', 'page=1']);
});

test('a list repeats its name beside an `encode` of the caller, too', async () => {
  const api = await service();
  const client = new HTTPClient({ baseURL: api.url, params: search('t=1') });
  const paramsSerializer = { encode: encodeURIComponent };

  await client.get('/', { params: { tag: ['a:', 'b'] }, paramsSerializer });
  await new HTTPClient({ paramsSerializer }).get(api.url, { params: { tag: ['a:', 'b'] } });
  await client.axios.get(api.url, { params: { tag: ['a', 'b'] }, paramsSerializer: { indexes: true } });

  expect(api.requests.map(({ url }) => url)).toEqual([
    '/?t=1&tag=a%3A&tag=b',
    '/?tag=a%3A&tag=b',
    '/?t=1&tag%5B0%5D=a&tag%5B1%5D=b',
  ]);
});
