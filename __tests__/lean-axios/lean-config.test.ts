import { HTTPClient, type Plugin } from '../../src/index';
import { service } from '../support/service';

/** Runs with a member of that name on every object, as a polluted prototype has it. */
async function polluted<T>(name: string, value: unknown, run: () => Promise<T>): Promise<T> {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

describe('a polluted Object.prototype', () => {
  test('adds no header to a request, and replaces none', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine' });

    await polluted('headers', { Authorization: 'Bearer other', 'X-Other': '1' }, async () => client.get(api.url));

    expect(api.requests[0]?.headers.authorization).toBe('Bearer mine');
    expect(api.requests[0]?.headers).not.toHaveProperty('x-other');
  });

  test('leads no request to a proxy where an interceptor copies the config', async () => {
    const api = await service();
    const other = await service();
    const client = new HTTPClient({ token: 'mine' });
    client.axios.interceptors.request.use((config) => ({ ...config }));
    const proxy = { protocol: 'http', host: '127.0.0.1', port: other.port };

    await polluted('proxy', proxy, async () => client.get(api.url));

    expect(other.requests).toHaveLength(0);
    expect(api.requests).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['token', 'other'],
    ['auth', { username: 'other', password: 'x' }],
    ['data', 'other'],
    ['params', { other: 1 }],
  ])('slips in no `%s` where an interceptor copies the config', async (name, value) => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine', retryAttempts: 0 });
    client.axios.interceptors.request.use((config) => ({ ...config }));

    await polluted(name, value, async () => {
      await client.axios.get(`${api.url}/users`);
      await client.axios.get(`${api.url}/users`, { transitional: { clarifyTimeoutError: true } });
    });

    for (const { url, headers, body } of api.requests) {
      expect([url, headers.authorization, String(body)]).toEqual(['/users', 'Bearer mine', '']);
    }
  });

  test.each(['json', 'data'])('makes no body of its `%s`', async (name) => {
    const api = await service();
    const client = new HTTPClient({ token: null });

    await polluted(name, 'other', async () => client.post(api.url).then(() => client.post(api.url, { headers: {} })));

    expect(api.requests.map(({ body }) => String(body))).toEqual(['', '']);
  });

  test('brings no agent', async () => {
    const api = await service();
    const client = new HTTPClient({ token: null, retryAttempts: 0 });

    const { status } = await polluted('httpAgent', { name: 'other' }, async () => client.get(api.url));

    expect(status).toBe(200);
  });
});

test('an option may have a symbol for its name', async () => {
  const api = await service();
  const owner = Symbol('owner');

  const { config } = await new HTTPClient().axios.request({ url: api.url, [owner]: 'tickets' } as object);

  expect(config).toHaveProperty([owner], 'tickets');
});

test('an empty method is that of the defaults', async () => {
  const api = await service();
  const { axios: http } = new HTTPClient({ token: null });
  http.defaults.method = 'post';

  await http.request({ url: api.url, method: '' });

  expect(api.requests[0]?.method).toBe('POST');
});

test('`allowAbsoluteUrls` counts where an attempt plugin sets it', async () => {
  const api = await service();
  const plugin: Plugin = {
    name: 'own-host',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => Object.assign(config, { allowAbsoluteUrls: false }));
    },
  };
  const client = new HTTPClient({ token: 'mine', baseURL: api.url, retryAttempts: 0, plugins: [plugin] });

  await client.get('http://127.0.0.1:1/users');

  expect(api.requests[0]?.url).toBe('/http://127.0.0.1:1/users');
});
