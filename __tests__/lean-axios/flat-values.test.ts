import { HTTPClient } from '../../src/index';
import { isFlat, quickCopy } from '../../src/lean-axios/flat-values';
import { service } from '../support/service';

test.each([{}, { a: 'b', c: 1, d: true, e: null, f: undefined }, { a: [1, 'b'], c: new Date(0) }, Object.create(null)])(
  '%p is flat',
  (value) => {
    expect(isFlat(value)).toBe(true);
  },
);

test.each([
  ['a text', 'a=1'],
  ['a list', [1]],
  ['an object in an object', { a: {} }],
  ['an object in a list', { a: [{}] }],
  [
    'an instance of a class',
    new (class Query {
      page = 1;
    })(),
  ],
  ['a symbol as a name', { [Symbol('a')]: 1 }],
  ['a name that axios drops', { constructor: 1 }],
])('%s is not flat', (_, value) => {
  expect(isFlat(value)).toBe(false);
});

test('a copy has the values from before, and lists of its own', () => {
  const ids = [1];
  const copy = quickCopy({ page: 1, size: 10 }, { page: 2, ids });

  expect(copy).toEqual({ page: 2, size: 10, ids: [1] });
  expect((copy as { ids: unknown }).ids).not.toBe(ids);
});

test.each([undefined, null])('of a URLSearchParams after %s, there is another one', (before) => {
  const params = new URLSearchParams('a=1&a=2');
  const copy = quickCopy(before, params);

  expect(copy).toEqual(params);
  expect(copy).not.toBe(params);
});

test.each([
  ['values after a URLSearchParams', new URLSearchParams('a=1'), { a: 2 }],
  ['a URLSearchParams after values', { a: 2 }, new URLSearchParams('a=1')],
  ['values after objects in an object', { a: {} }, { a: 2 }],
  ['a subclass of URLSearchParams', undefined, new (class Query extends URLSearchParams {})('a=1')],
])('%s are for axios', (_, before, value) => {
  expect(quickCopy(before, value)).toBeUndefined();
});

test('an interceptor that changes params changes those of one call', async () => {
  const api = await service(() => ({}));
  const client = new HTTPClient({ baseURL: api.url, params: { version: 1 } });
  client.axios.interceptors.request.use((config) => {
    const params = config.params as { ids: number[]; version: number };
    params.ids.push(9);
    params.version = 2;
    return config;
  });
  const params = { ids: [1] };

  await client.get('/users', { params });
  await client.get('/users', { params });

  expect(api.requests.map(({ url }) => url)).toEqual(Array(2).fill('/users?version=2&ids=1&ids=9'));
  expect(params).toEqual({ ids: [1] });
});
