import { HTTPClient, observe, type RequestOptions } from '../../src/index';
import { mockClient } from '../../src/testing/index';
import { service, type Service } from '../support/service';
import { WAYS } from '../support/ways';

const pathParams = { id: 'a/b' };

function paths({ requests }: Service): string[] {
  return requests.map(({ method, url }) => `${method} ${url}`);
}

describe.each(WAYS)('over %s', (_, way) => {
  test('every method fills the path of its URL', async () => {
    const api = await service([{ json: {} }]);
    const client = new HTTPClient({ baseURL: `${api.url}/api` });
    const options: RequestOptions = { ...way, pathParams };
    const url = '/users/{id}';

    await client.get(url, options);
    await client.post(url, { ...options, json: {} });
    await client.put(url, options);
    await client.patch(url, options);
    await client.delete(url, options);
    await client.head(url, options);
    await client.options(url, options);
    await client.request('SEARCH', url, options);
    await client.getJson(url, options);
    await client.postJson(url, options);
    await client.putJson(url, options);
    await client.patchJson(url, options);

    expect(paths(api)).toEqual(
      'GET POST PUT PATCH DELETE HEAD OPTIONS SEARCH GET POST PUT PATCH'
        .split(' ')
        .map((method) => `${method} /api/users/a%2Fb`),
    );
  });

  test('with params, an absolute URL, a URL object, or a baseURL that has braces of its own', async () => {
    const api = await service();
    const client = new HTTPClient({ baseURL: `${api.url}/{tenant}` });

    await client.get('{id}?a=1', { ...way, pathParams, params: { b: 2 } });
    await client.get(`${api.url}/users/{id}`, { ...way, pathParams });
    await client.get(new URL('/users/{id}?q={x', api.url), { ...way, pathParams });
    await client.get('users/{id}', way);

    expect(paths(api)).toEqual([
      'GET /%7Btenant%7D/a%2Fb?a=1&b=2',
      'GET /users/a%2Fb',
      'GET /users/a%2Fb?q={x',
      'GET /%7Btenant%7D/users/%7Bid%7D',
    ]);
  });

  test('a retry and a redirect lead to where they should', async () => {
    const api = await service([{ status: 503 }, { status: 307, headers: { location: '/moved/%7Bid%7D' } }, {}]);
    const client = new HTTPClient({ retry: { base: 0.001 } });

    await client.get(`${api.url}/users/{id}`, { ...way, pathParams: { id: '{id}' } });

    expect(paths(api)).toEqual(['GET /users/%7Bid%7D', 'GET /users/%7Bid%7D', 'GET /moved/%7Bid%7D']);
  });
});

test('a second attempt beside a slow one asks for the same', async () => {
  const api = await service([{ delay: 5000 }, {}]);

  await new HTTPClient({ hedging: { delay: 0.005 } }).get(`${api.url}/users/{id}`, { pathParams });

  expect(paths(api)).toEqual(['GET /users/a%2Fb', 'GET /users/a%2Fb']);
});

test('an interceptor sees the filled URL; what it sends again is not filled again, and keeps its template', async () => {
  const api = await service([{ status: 401 }, {}]);
  const client = new HTTPClient({ token: null });
  const seen: unknown[] = [];
  client.axios.interceptors.request.use((config) => {
    seen.push([config.url, 'pathParams' in config]);
    return config;
  });
  client.axios.interceptors.response.use(undefined, async (error: { config: object }) =>
    client.axios.request(error.config),
  );
  const templates: unknown[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      templates.push(call.template);
    },
  });

  await client.get(`${api.url}/users/{id}`, { pathParams: { id: '{id}' } });
  stop();

  const url = `${api.url}/users/%7Bid%7D`;
  expect(seen).toEqual([
    [url, false],
    [url, false],
  ]);
  expect(paths(api)).toEqual(['GET /users/%7Bid%7D', 'GET /users/%7Bid%7D']);
  expect(templates).toEqual(['/users/{id}']);
});

test('a mistake rejects with a TypeError before anything is sent, in a JSON call too', async () => {
  const api = await service();
  const client = new HTTPClient();
  const message = 'Option `pathParams` must have a value for {id} in the path, got `name`';

  for (const verb of ['get', 'getJson', 'post'] as const) {
    const call = client[verb](`${api.url}/{id}`, { pathParams: { name: 'ada' } });
    await expect(call).rejects.toEqual(new TypeError(message));
  }
  await expect(client.get(`${api.url}/a`, { pathParams: null as never })).rejects.toThrow(TypeError);
  expect(api.requests).toEqual([]);
});

test('an undefined value is as good as none', async () => {
  const api = await service();

  const { config } = await new HTTPClient().get(`${api.url}/{id}`, { pathParams: undefined });

  expect(paths(api)).toEqual(['GET /%7Bid%7D']);
  expect('pathParams' in config).toBe(false);
});

test('it is an option of calls only', () => {
  const message = 'Unknown option `pathParams`: it is an option of a call';

  expect(() => new HTTPClient({ pathParams } as never)).toThrow(new TypeError(message));
});

test('errors and responses show the filled URL', async () => {
  const client = mockClient([{ status: 404 }, {}], { baseURL: 'http://users' });

  await expect(client.get('/{id}', { pathParams })).rejects.toThrow('http://users/a%2Fb');
  expect((await client.get('/{id}', { pathParams })).url).toBe('http://users/a%2Fb');
  expect(client.requests.map(({ url }) => url)).toEqual(['http://users/a%2Fb', 'http://users/a%2Fb']);
});
