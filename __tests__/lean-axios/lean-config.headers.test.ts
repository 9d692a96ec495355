import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, type Plugin } from '../../src/index';
import { service } from '../support/service';

describe('headers of a request on client.axios', () => {
  test.each<[string, object]>([
    ['a Map', new Map([['X-Trace', '1']])],
    ['a Headers', new Headers({ 'X-Trace': '1' })],
    ['a list of pairs', [['X-Trace', '1']]],
    ['AxiosHeaders', new AxiosHeaders({ 'X-Trace': '1' })],
  ])('may be %s, beside those of the client', async (_, headers) => {
    const api = await service();
    const client = new HTTPClient({ token: null, headers: { 'X-Version': '2', 'x-trace': '0' } });

    await client.axios.request({ url: api.url, headers: headers });

    expect(api.requests[0]?.headers).toMatchObject({ 'x-trace': '1', 'x-version': '2' });
  });

  test('are those of the client where they are null', async () => {
    const api = await service();

    await new HTTPClient({ headers: { 'X-Version': '2' } }).axios.get(api.url, { headers: null as never });

    expect(api.requests[0]?.headers['x-version']).toBe('2');
  });

  test.each(['X Trace', 'X-Trace: 1', 'X-Trace\r\nX-Other: 2'])('are refused where a name is %j', async (name) => {
    const api = await service();
    const { axios: http } = new HTTPClient({ token: null });

    await expect(http.request({ url: api.url, headers: { [name]: '1' } })).rejects.toMatchObject({
      code: 'INVALID_HEADER',
    });

    expect(api.requests).toHaveLength(0);
  });

  test('may have the name of a method', async () => {
    const api = await service();

    await new HTTPClient({ token: 'mine' }).axios.request({ url: api.url, headers: { set: 'x' } });

    expect(api.requests[0]?.headers).toMatchObject({ set: 'x', authorization: 'Bearer mine' });
  });

  /** Copies the headers with the config, which makes a plain object of them. */
  const trace = (config: InternalAxiosRequestConfig): InternalAxiosRequestConfig => ({
    ...config,
    headers: Object.assign({}, config.headers, { 'X-Trace': '1' }),
  });

  // With `params`, axios itself runs the interceptors.
  test.each([{}, { params: { page: 1 } }])(
    'may be a plain object in the config that an interceptor returns: %j',
    async (options) => {
      const api = await service();
      const client = new HTTPClient({ token: 'mine' });
      client.axios.interceptors.request.use(trace);

      await client.post(api.url, options);

      expect(api.requests[0]?.headers).toMatchObject({ 'x-trace': '1', authorization: 'Bearer mine' });
    },
  );

  test('may be a plain object in the config that an attempt plugin returns, also for a retry', async () => {
    const api = await service([{ status: 503 }, {}]);
    const plugin: Plugin = {
      name: 'trace',
      ring: 'attempt',
      install: ({ interceptors }) => void interceptors.request.use(trace),
    };
    const client = new HTTPClient({ token: 'mine', retry: { base: 0.001 }, plugins: [plugin] });

    await client.get(api.url);

    expect(api.requests[1]?.headers).toMatchObject({ 'x-trace': '1', authorization: 'Bearer mine' });
  });
});

test('a header of the answer may have the name of a method', async () => {
  const named = { normalize: '1', set: '2', constructor: '3' };
  const api = await service([{ status: 503, headers: named }, { headers: named }]);
  const client = new HTTPClient({ token: null, retry: { base: 0.001 } });

  const { headers } = await client.get(api.url, { params: { page: 1 } });

  expect(Object.fromEntries(Object.entries(headers))).toMatchObject({ Normalize: '1', Set: '2', Constructor: '3' });
});
