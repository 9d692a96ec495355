import type { AxiosResponse } from 'axios';
import { HTTPClient, type HTTPClientOptions, type Plugin, type Ring } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { service, type Answer } from '../support/service';
import { witness } from '../support/witness';

const FAST = { retry: { base: 0.001 } } satisfies HTTPClientOptions;
const FLAKY: Answer[] = [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 200, json: { data: { id: 7 } } }];

/** An interceptor of each kind, as users add them; each counts how often it runs. */
function addInterceptors({ axios }: HTTPClient): Record<'sync' | 'async' | 'response' | 'error', number> {
  const runs = { sync: 0, async: 0, response: 0, error: 0 };
  axios.interceptors.request.use(
    (config) => {
      runs.sync++;
      return config;
    },
    undefined,
    { synchronous: true },
  );
  axios.interceptors.request.use(async (config) => {
    runs.async++;
    return Promise.resolve(config);
  });
  axios.interceptors.response.use(
    async (response) => {
      runs.response++;
      return Promise.resolve(response);
    },
    (error: unknown) => {
      runs.error++;
      throw error;
    },
  );
  return runs;
}

test('interceptors of the user run once in a call that succeeds with its third retry', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  const runs = addInterceptors(client);

  const { retries } = await client.get(api.url);

  expect(retries).toBe(3);
  expect(runs).toEqual({ sync: 1, async: 1, response: 1, error: 0 });
});

test('interceptors of the user run once in a call that fails after its third retry', async () => {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient(FAST);
  const runs = addInterceptors(client);

  await expect(client.get(api.url)).rejects.toMatchObject({ status: 503, retries: 3 });

  expect(api.requests).toHaveLength(4);
  expect(runs).toEqual({ sync: 1, async: 1, response: 0, error: 1 });
});

test('an interceptor that runs synchronously alone runs once as well', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  let runs = 0;
  client.axios.interceptors.request.use(
    (config) => {
      runs++;
      return config;
    },
    undefined,
    { synchronous: true },
  );

  await client.get(api.url);

  expect(api.requests).toHaveLength(4);
  expect(runs).toBe(1);
});

test('a response interceptor unwraps the body once, whatever the retries', async () => {
  const api = await service([...FLAKY.slice(0, 3), { json: { data: { data: 'inner' } } }]);
  const client = new HTTPClient(FAST);
  client.axios.interceptors.response.use((response: AxiosResponse<{ data: unknown }>) => {
    response.data = response.data.data as never;
    return response;
  });

  const { data } = await client.get(api.url);

  expect(data).toEqual({ data: 'inner' });
});

test('getJson returns what a response interceptor has made of the answer', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  client.axios.interceptors.response.use((response: AxiosResponse<{ data: unknown }>) => response.data.data as never);

  expect(await client.getJson(api.url)).toEqual({ id: 7 });
});

test('what an interceptor appends to headers, params and URL is sent once on each attempt', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  client.axios.interceptors.request.use((config) => {
    config.url = `${config.url}/users`;
    config.params = { ...(config.params as object), page: [1, 2] };
    config.headers.set('X-Trace', `${String(config.headers.get('X-Trace') ?? '')}+`);
    return config;
  });

  await client.get(api.url, { params: { q: 'a' } });

  expect(api.requests.map(({ url, headers }) => [url, headers['x-trace']])).toEqual(
    Array(4).fill(['/users?q=a&page=1&page=2', '+']),
  );
});

test('headers that an interceptor removed stay away on each attempt', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient({ ...FAST, headers: { 'X-Tenant': 'acme' } });
  client.axios.interceptors.request.use((config) => {
    config.headers.delete('X-Tenant');
    config.headers.delete('Accept');
    return config;
  });

  await client.get(api.url);

  expect(api.requests).toHaveLength(4);
  for (const { headers } of api.requests) {
    expect(headers).not.toHaveProperty('x-tenant');
    expect(headers).not.toHaveProperty('accept');
  }
});

test('a call plugin runs once, an attempt plugin on each attempt', async () => {
  const api = await service(FLAKY);
  const log: string[] = [];
  const client = new HTTPClient({
    ...FAST,
    plugins: [witness('call', 'call', log), witness('attempt', 'attempt', log)],
  });

  await client.get(api.url);

  const failed = ['attempt request', 'attempt error'];
  const succeeded = ['attempt request', 'attempt response'];
  expect(log).toEqual(['call request', ...failed, ...failed, ...failed, ...succeeded, 'call response']);
});

test('an attempt plugin sees every failure of a call that is given up, a call plugin the last one', async () => {
  const api = await service([{ status: 503 }]);
  const log: string[] = [];
  const client = new HTTPClient({
    ...FAST,
    plugins: [witness('call', 'call', log), witness('attempt', 'attempt', log)],
  });

  await expect(client.get(api.url)).rejects.toMatchObject({ retries: 3 });

  const failed = ['attempt request', 'attempt error'];
  expect(log).toEqual(['call request', ...failed, ...failed, ...failed, ...failed, 'call error']);
});

test('an attempt plugin that throws is not run again, and nothing is sent', async () => {
  const api = await service(FLAKY);
  let runs = 0;
  const broken: Plugin = {
    name: 'broken',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(() => {
        runs++;
        throw new Error('broken');
      });
    },
  };
  const client = new HTTPClient({ ...FAST, plugins: [broken] });

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET' });
  expect(runs).toBe(1);
  expect(api.requests).toHaveLength(0);
});

test('clients do not share interceptors', async () => {
  const api = await service();
  const log: string[] = [];
  new HTTPClient().use(witness('other', 'call', log));

  await new HTTPClient().get(api.url);

  expect(log).toEqual([]);
});

test('defaults that are set on client.axios hold for each attempt', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  client.axios.defaults.baseURL = `${api.url}/v2`;
  client.axios.defaults.headers.common['X-Tenant'] = 'acme';

  await client.get('/users');

  expect(api.requests.map(({ url, headers }) => [url, headers['x-tenant']])).toEqual(
    Array(4).fill(['/v2/users', 'acme']),
  );
});

test.each<Ring>(['call', 'attempt'])('use() puts a plugin outermost of the %s ring', async (ring) => {
  const api = await service(FLAKY.slice(2));
  const log: string[] = [];
  const client = new HTTPClient({ ...FAST, plugins: [witness('first', ring, log)] });

  client.use(witness('second', ring, log)).use(witness('third', ring, log));
  await client.get(api.url);

  const requests = ['third request', 'second request', 'first request'];
  expect(log.slice(0, 3)).toEqual(requests);
  expect(log.slice(-3)).toEqual(['first response', 'second response', 'third response']);
  expect(log).toHaveLength(ring === 'attempt' ? 12 : 6);
});

test('use() puts a call plugin around the interceptors that are there already', async () => {
  const api = await service(FLAKY);
  const log: string[] = [];
  const client = new HTTPClient(FAST);
  witness('interceptor', 'call', log).install(client.axios);

  client.use(witness('plugin', 'call', log));
  await client.get(api.url);

  expect(log).toEqual(['plugin request', 'interceptor request', 'interceptor response', 'plugin response']);
});

test('use() refuses an attempt plugin once there are interceptors', () => {
  const client = new HTTPClient();
  client.axios.interceptors.request.use((config) => config);

  expect(() => client.use(witness('signature', 'attempt', []))).toThrow(
    new TypeError('Plugin `signature` must be added before any interceptor: pass it as `plugins`'),
  );
});

// axios replaces the URLSearchParams of a client.
testOfLeanCore('getUri tells the URL that a request goes to', async () => {
  const api = await service();
  const client = new HTTPClient({ baseURL: api.url, params: new URLSearchParams('t=1') });
  const config = { url: '/users/{id}', params: { tag: ['a', 'b'] }, pathParams: { id: '7/8' } };

  await client.axios.request(config);
  expect(client.axios.getUri(config)).toBe(`${api.url}/users/7%2F8?t=1&tag=a&tag=b`);
  expect(api.requests[0]?.url).toBe('/users/7%2F8?t=1&tag=a&tag=b');
});
