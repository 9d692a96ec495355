import type { AxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { HTTPClient } from '../../src/index';
import { urlText } from '../../src/request/url-text';
import { service } from '../support/service';

function text(config: AxiosRequestConfig): string {
  return urlText(config, new Call('GET', config.url ?? ''));
}

test.each<[AxiosRequestConfig, string]>([
  [{ url: '/b', baseURL: 'http://a/api//' }, 'http://a/api/b'],
  [{ url: 'b', baseURL: 'http://a/api/' }, 'http://a/api/b'],
  [{ url: '//b', baseURL: 'http://a/api', allowAbsoluteUrls: false }, 'http://a/api/b'],
  [{ url: 'http://a/?b=1', params: { c: [1, 2] } }, 'http://a/?b=1&c%5B%5D=1&c%5B%5D=2'],
  [{ url: '/b', baseURL: 'http://a', params: { c: { d: 1 } } }, 'http://a/b?c%5Bd%5D=1'],
])('%j reads %s', (config, expected) => {
  expect(text(config)).toBe(expected);
});

test('params that cannot be written are named', () => {
  const params = new Proxy({}, { ownKeys: () => { throw new Error('secret'); } }); // prettier-ignore

  expect(() => text({ url: 'http://a/', params })).toThrow('`baseURL`, `url` and `params` do not form a valid URL');
});

test.each(['http://a/api?key=s3cret', 'http://a/api#top', 'http://a?'])(
  'the baseURL %s is refused',
  async (baseURL) => {
    const advice = '`baseURL` must not have a query or a fragment: paths are appended to it; use `params`';
    const client = new HTTPClient();
    const changed = new HTTPClient();
    changed.axios.defaults.baseURL = baseURL;

    expect(() => new HTTPClient({ baseURL })).toThrow(new TypeError(`Option ${advice}`));
    await expect(client.get('/users', { baseURL })).rejects.toThrow(new TypeError(`Option ${advice}`));
    for (const call of [client.axios.get('/users', { baseURL }), changed.get('/users'), changed.axios.get('/users')]) {
      const error = (await call.catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ code: 'INVALID_URL', message: expect.stringContaining(advice) as string });
      expect(error.message).not.toContain('s3cret');
    }
  },
);

test.each([
  ['a function', async () => Promise.reject(new Error('no'))],
  ['serialize', { serialize: async () => Promise.resolve('a=1') }],
  ['encode', { encode: async () => Promise.reject(new Error('no')) }],
  [
    'the method of a class',
    new (class {
      async serialize(): Promise<string> {
        return Promise.reject(new Error('no'));
      }
    })(),
  ],
])('a paramsSerializer that returns a promise is refused: %s', async (_, serializer) => {
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const api = await service();
  const paramsSerializer = serializer as unknown as () => string;

  await expect(new HTTPClient().get(api.url, { params: { a: 1 }, paramsSerializer })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('Option `paramsSerializer` must return a string, got a promise') as string,
  });

  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(api.requests).toEqual([]);
});

test('a paramsSerializer is called with the params, and may have an `encode` beside it', () => {
  const paramsSerializer = { encode: () => 'x', serialize: (params: object) => `n=${Object.keys(params).length}` };

  expect(text({ url: 'http://a/', params: { b: 1, c: 2 }, paramsSerializer })).toBe('http://a/?n=2');
  expect(text({ url: 'http://a/', params: { b: 1 }, paramsSerializer: { encode: () => 'x' } })).toBe('http://a/?x=x');
  // As an interceptor may set it.
  const frozen = Object.freeze(paramsSerializer);
  expect(text({ url: 'http://a/', params: { b: 1 }, paramsSerializer: frozen })).toBe('http://a/?n=1');
});

test('a paramsSerializer may be an instance of a class', async () => {
  const api = await service();
  class Shouting {
    dots = true;
    encode(text: string): string {
      return text.toUpperCase();
    }
  }
  const client = new HTTPClient({ baseURL: api.url, paramsSerializer: new Shouting() });

  await client.get('/1', { params: { a: { b: 'c' } } });
  await new HTTPClient().get(client.axios.getUri({ url: '/2', params: { a: 'b' } }));

  expect(api.requests.map(({ url }) => url)).toEqual(['/1?A.B=C', '/2?A=B']);
});
