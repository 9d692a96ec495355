import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

class Filter {
  readonly state = 'open';
}

class Amount {
  toString(): string {
    return '1.50';
  }
}

test.each<[string, object, string]>([
  ['a promise', { a: Promise.reject(new Error('no')) }, '`params.a` must be a string, a number, a boolean, a Date, or a list or object of these, got an instance of Promise: await it first'],
  ['a promise in a list', { a: [1, Promise.resolve(1)] }, '`params.a` must be'],
  ['a promise in an object', { a: { b: Promise.resolve(1) } }, '`params.a.b` must be'],
  ['a Set', { ids: new Set([1, 2]) }, '`params.ids` must be a string, a number, a boolean, a Date, or a list or object of these, got an instance of Set'],
  ['a Map', { ids: new Map([[1, 2]]) }, 'got an instance of Map'],
  ['an instance of a class', { filter: new Filter() }, 'got an instance of Filter'],
  ['a function', { page: () => 1 }, '`params.page` must be a string, a number, a boolean, a Date, or a list or object of these, got a function'],
  ['a symbol', { a: Symbol('a') }, 'got a symbol'],
  ['a Blob', { a: new Blob(['a']) }, 'got an instance of Blob'],
  ['an invalid date', { since: new Date('yesterday') }, '`params.since` must be a string, a number, a boolean, a Date, or a list or object of these, got an invalid date'],
  ['an invalid date in a list', { a: [new Date(0), new Date(NaN)] }, 'got an invalid date'],
])('%s in `params`, which has no text of its own, is refused', async (_, params, message) => {
  const api = await service();
  const client = new HTTPClient({ baseURL: api.url });
  const expected = { code: 'INVALID_OPTION', sent: 'no', message: expect.stringContaining(message) as string };

  await expect(client.get('/1', { params })).rejects.toMatchObject(expected);
  await expect(client.axios.get('/1', { params })).rejects.toMatchObject(expected);
  await expect(client.get('/1', { params, paramsSerializer: { encode: encodeURIComponent } })).rejects.toMatchObject(expected);

  expect(api.requests).toEqual([]);
}); // prettier-ignore

test.each<[string, object, string]>([
  ['texts, numbers and booleans', { a: 'b c', d: 1, e: 10n, f: false, g: '' }, '?a=b+c&d=1&e=10&f=false&g='],
  ['nothing', { a: null, b: undefined, c: [null], d: 1 }, '?d=1'],
  ['dates', { a: new Date(0) }, '?a=1970-01-01T00:00:00.000Z'],
  ['lists and objects', { a: [1, 2], b: { c: { d: 1 } }, e: [{ f: 1 }] }, '?a=1&a=2&b[c][d]=1&e[0][f]=1'],
  ['an object without a prototype', { a: Object.assign(Object.create(null) as object, { b: 1 }) }, '?a[b]=1'],
  ['what has a text of its own', { a: new Amount(), b: new URL('http://a/'), c: Buffer.from('d') }, '?a=1.50&b=http:%2F%2Fa%2F&c=d'],
  ['what is sent as JSON', { 'a{}': new Filter() }, '?a{}={"state":"open"}'],
])('%s in `params` are sent as by axios', async (_, params, expected) => {
  const api = await service();

  await new HTTPClient().get(api.url, { params });

  const [query = ''] = api.requests.map(({ url }) => url.slice(1));
  expect(query.replace(/%[57][BD]|%22/gi, decodeURIComponent)).toBe(expected);
}); // prettier-ignore

test('a serializer of the caller decides for itself', async () => {
  const api = await service();
  const paramsSerializer = (params: object): string => Object.values(params).map((ids) => [...(ids as Set<number>)].join('+')).join(); // prettier-ignore
  const visitor = jest.fn(() => false);

  await new HTTPClient().get(api.url, { params: { ids: new Set([1, 2]) }, paramsSerializer });
  await new HTTPClient().get(api.url, { params: { ids: new Set([1, 2]) }, paramsSerializer: { visitor } });

  expect(api.requests.map(({ url }) => url)).toEqual(['/?1+2', '/']);
  expect(visitor).toHaveBeenCalled();
});
