import { AxiosHeaders, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, type Plugin } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
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

/** As some libraries bring it: it can be waited for, and does no more than it has to. */
function thenable(value: unknown): unknown {
  return {
    then(resolve: (value: unknown) => void): void {
      resolve(value);
    },
  };
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

describe('an interceptor that is taken off while a call is under way', () => {
  const slowly: AxiosAdapter = async (config) =>
    new Promise((resolve) => {
      setImmediate(resolve, { data: '', status: 200, statusText: '', headers: new AxiosHeaders(), config });
    });

  test('sees the outcome of that call, and another one that takes its place does not', async () => {
    const { axios: http } = new HTTPClient({ token: null, adapter: slowly });
    const seen: string[] = [];
    const add = (name: string): number =>
      http.interceptors.response.use((response) => {
        seen.push(name);
        return response;
      });
    const first = add('first');

    const call = http.get('http://user-service/');
    http.interceptors.response.eject(first);
    add('second');
    await call;

    expect(seen).toEqual(['first']);
  });
});

describe('an interceptor may answer with a promise of any library', () => {
  test('for a request', async () => {
    const api = await service();
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.request.use((config) => thenable(config) as Promise<InternalAxiosRequestConfig>);

    expect((await client.get(api.url)).status).toBe(200);
  });

  test('for a response', async () => {
    const api = await service([{ json: { id: 7 } }]);
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.response.use((response) => thenable(response) as never);

    expect(await client.getJson(api.url)).toEqual({ id: 7 });
  });
});

describe('the error of an interceptor arrives as it was thrown', () => {
  test.each<[string, Error]>([
    ['frozen', Object.freeze(new Error('mine'))],
    ['with a stack that cannot be written', Object.defineProperty(new Error('mine'), 'stack', { get: () => 'mine' })],
    ['with a stack that is no text', Object.assign(new Error('mine'), { stack: ['mine'] })],
  ])('%s', async (_, error) => {
    const api = await service();
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.response.use(() => {
      throw error;
    });

    await expect(client.axios.get(api.url)).rejects.toBe(error);
  });
});

test('a failure keeps its class where somebody formats stacks in another way', async () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace') ?? { value: undefined };
  const client = new HTTPClient({ token: null, retryAttempts: 0 });
  Error.prepareStackTrace = (_, frames) => frames;

  const outcome = await client.get('http://127.0.0.1:1/').catch((error: unknown) => (error as Error).name);
  Object.defineProperty(Error, 'prepareStackTrace', before);

  expect(outcome).toBe('ConnectionError');
});

describe('headers of a request on client.axios', () => {
  test.each<[string, object]>([
    ['a Map', new Map([['X-Trace', '1']])],
    ['a Headers', new Headers({ 'X-Trace': '1' })],
  ])('may be %s', async (_, headers) => {
    const api = await service();

    await new HTTPClient({ token: null }).axios.request({ url: api.url, headers: headers });

    expect(api.requests[0]?.headers['x-trace']).toBe('1');
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

testOfLeanCore('an answer of an adapter need not have a config', async () => {
  const client = new HTTPClient({ token: null });
  client.axios.defaults.adapter = (async () => Promise.resolve({ data: 'x', status: 200, headers: {} })) as never;

  expect((await client.axios.get('http://user-service/')).data).toBe('x');
});

test('`runWhen` is asked once', async () => {
  const api = await service();
  const { axios: http } = new HTTPClient({ token: null });
  let asked = 0;
  const runWhen = (): boolean => ++asked > 0;
  http.interceptors.request.use((config) => config, undefined, { runWhen });
  http.interceptors.request.use(
    (config) => config,
    (error: unknown) => {
      throw error;
    },
  );

  await http.request({ url: api.url });

  expect(asked).toBe(1);
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

test('a deadline of months is no deadline of a millisecond', async () => {
  const api = await service([{ delay: 20 }]);

  const { status } = await new HTTPClient({ token: null }).axios.get(api.url, { timeout: 0, deadline: 3e6 });

  expect(status).toBe(200);
});
