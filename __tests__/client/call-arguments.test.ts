import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

test.each([undefined, null, 5, {}, ['http://a'], Symbol('url')])('a URL that is %p is refused', async (url) => {
  const error: unknown = await new HTTPClient().get(url as never).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toContain('URL must be a string or a URL, got ');
});

test.each([undefined, '', 'GET /', 'GE\nT', 5])('a method that is %p is refused', async (method) => {
  const error: unknown = await new HTTPClient()
    .request(method as string, 'http://a')
    .catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toContain('Method must be an HTTP token, got ');
});

test.each([
  [null, 'null'],
  [5, '5'],
  ['token', 'a string: it goes into { token: … } or { params: … }'],
])('options that are %j are refused', async (options, got) => {
  await expect(new HTTPClient().get('http://a', options as never)).rejects.toThrow(
    new TypeError(`Options must be an object, got ${got}`),
  );
});

test('null for data is as good as none', async () => {
  const api = await service();

  await new HTTPClient().post(api.url, { data: null, json: 1 });

  expect(api.requests[0]?.body.toString()).toBe('1');
});

test('the options that were passed stay as they were', async () => {
  const api = await service([{ status: 503 }, {}]);
  const options = Object.freeze({
    headers: Object.freeze({ 'X-A': '1' }),
    params: Object.freeze({ a: 1 }),
    token: 't',
  });

  await new HTTPClient({ retry: { base: 0.001 } }).get(api.url, options);

  expect(api.requests).toHaveLength(2);
  expect(options).toEqual({ headers: { 'X-A': '1' }, params: { a: 1 }, token: 't' });
});
