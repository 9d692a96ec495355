import axios from 'axios';
import { HTTPClient, HTTPResponse, JSONDecodeError, type Plugin } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { service } from '../support/service';

test('asks for a token on every attempt', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  let issued = 0;
  const client = new HTTPClient({ token: () => `token-${++issued}`, retry: { base: 0.001 } });

  await client.get(api.url);

  expect(api.requests.map((r) => r.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

describe('verbs', () => {
  test.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
    '%s sends its method',
    async (verb) => {
      const api = await service([{ status: 201, json: { id: 1 } }]);
      const client = new HTTPClient();

      const response = await client[verb](`${api.url}/users`);

      expect(response).toBeInstanceOf(HTTPResponse);
      expect(response.status).toBe(201);
      expect(api.requests[0]).toMatchObject({ method: verb.toUpperCase(), url: '/users' });
    },
  );

  test('request sends any method, in capitals', async () => {
    const api = await service();

    await new HTTPClient().request('propfind', api.url);

    expect(api.requests[0]?.method).toBe('PROPFIND');
  });

  test.each(['get', 'delete', 'options'] as const)('%s with json sends a body, as requests does', async (verb) => {
    const api = await service();

    await new HTTPClient()[verb](api.url, { json: { filter: 'open' } });

    expect(api.requests[0]?.body.toString()).toBe('{"filter":"open"}');
    expect(api.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '17' });
  });

  test.each(['post', 'put', 'patch'] as const)('%s without a body says that its length is 0', async (verb) => {
    const api = await service();

    await new HTTPClient()[verb](api.url);

    expect(api.requests[0]?.headers['content-length']).toBe('0');
    expect(api.requests[0]?.headers).not.toHaveProperty('content-type');
  });
});

describe('the JSON helpers', () => {
  test.each([
    ['getJson', 'GET'],
    ['postJson', 'POST'],
    ['putJson', 'PUT'],
    ['patchJson', 'PATCH'],
  ] as const)('%s sends %s and returns what the JSON holds', async (helper, method) => {
    const api = await service([{ json: { id: 7 } }]);

    const user: { id: number } = await new HTTPClient()[helper]<{ id: number }>(api.url, { json: { name: 'Ada' } });

    expect(user).toEqual({ id: 7 });
    expect(api.requests[0]).toMatchObject({ method, headers: { 'content-type': 'application/json' } });
    expect(api.requests[0]?.body.toString()).toBe('{"name":"Ada"}');
  });

  test('postJson sends a string as a JSON string', async () => {
    const api = await service([{ json: null }]);

    expect(await new HTTPClient().postJson(api.url, { json: '123' })).toBeNull();
    expect(api.requests[0]?.body.toString()).toBe('"123"');
  });

  test.each(['getJson', 'postJson', 'putJson', 'patchJson'] as const)('%s refuses an empty answer', async (helper) => {
    const api = await service([{ status: 204 }]);

    await expect(new HTTPClient()[helper](api.url)).rejects.toBeInstanceOf(JSONDecodeError);
    expect(api.requests).toHaveLength(1);
  });
});

describe('options of a call', () => {
  test('params repeat lists, leave out null and undefined, and follow those of the URL', async () => {
    const api = await service();
    const params = { tag: ['a', 'b'], page: 2, open: true, none: null, missing: undefined, text: 'ä b&c' };

    await new HTTPClient().get(`${api.url}/search?first=1`, { params });

    const { searchParams } = new URL(api.requests[0]?.url ?? '', api.url);
    expect([...searchParams]).toEqual([
      ['first', '1'],
      ['tag', 'a'],
      ['tag', 'b'],
      ['page', '2'],
      ['open', 'true'],
      ['text', 'ä b&c'],
    ]);
  });

  test('params may be URLSearchParams', async () => {
    const api = await service();

    await new HTTPClient().get(api.url, { params: new URLSearchParams('a=1&a=2') });

    expect(api.requests[0]?.url).toBe('/?a=1&a=2');
  });

  test('the URL may be a URL, and its fragment stays here', async () => {
    const api = await service();

    await new HTTPClient().get(new URL('/users?id=1#top', api.url));

    expect(api.requests[0]?.url).toBe('/users?id=1');
  });

  test('headers of the call come before those of the client, and null sends none', async () => {
    const api = await service();
    const client = new HTTPClient({ headers: { 'X-A': 'client', 'X-B': 'client', 'X-C': 3, 'X-D': true } });

    await client.get(api.url, { headers: { 'x-a': 'call', 'X-B': null, 'X-E': undefined, 'X-F': ['1', '2'] } });

    expect(api.requests[0]?.headers).toMatchObject({ 'x-a': 'call', 'x-c': '3', 'x-d': 'true', 'x-f': '1, 2' });
    expect(api.requests[0]?.headers).not.toHaveProperty('x-b');
    expect(api.requests[0]?.headers).not.toHaveProperty('x-e');
  });

  test('auth comes before the token of the client, and the token of the call before auth', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'of-the-client' });
    const auth = { username: 'ada', password: 'ä:1' };

    await client.get(api.url, { auth });
    await client.get(api.url, { auth, token: 'of-the-call' });
    await client.get(api.url, { token: null });

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('ada:ä:1').toString('base64')}`,
      'Bearer of-the-call',
      undefined,
    ]);
  });

  test('validateStatus decides what is a success, also one that is null', async () => {
    const api = await service([{ status: 404, body: 'none' }]);
    const client = new HTTPClient({ retryAttempts: 0 });

    const response = await client.get(api.url, { validateStatus: (status) => status === 404 });

    expect(response).toMatchObject({ status: 404, ok: false, data: 'none' });
    expect((await client.get(api.url, { validateStatus: null })).status).toBe(404);
    await expect(client.get(api.url)).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
  });

  test('a validateStatus that throws rejects the call', async () => {
    const api = await service();
    const validateStatus = (): never => {
      throw new Error('no opinion');
    };

    await expect(new HTTPClient().get(api.url, { validateStatus })).rejects.toThrow('no opinion');
  });

  test('an undefined option is as good as none', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, {}]);
    const nothing = { token: undefined, timeout: undefined, retryAttempts: undefined, deadline: undefined };

    const response = await new HTTPClient({ ...nothing, timeout: 7, retryAttempts: 2, retry: { base: 0.001 } }).get(
      api.url,
      {
        ...nothing,
        data: undefined,
        json: undefined,
        headers: undefined,
        params: undefined,
      },
    );

    expect(response.config.timeout).toBe(7000);
    expect(response.retries).toBe(2);
  });
});

test('options that are changed after the client was made have no effect on it', async () => {
  const api = await service();
  const options = {
    baseURL: api.url,
    params: { tenant: 'a', tags: ['x'] },
    headers: { 'X-List': ['1'] },
    auth: { username: 'ada', password: 'pw' },
    retryAttempts: 0,
  };
  const client = new HTTPClient(options);

  options.params.tenant = 'b';
  options.params.tags.push('y');
  options.headers['X-List'].push('2');
  options.auth.password = '';
  await client.get('/users');

  const { url, headers } = api.requests[0] ?? {};
  expect(url).toBe('/users?tenant=a&tags=x');
  expect(headers).toMatchObject({ 'x-list': '1', authorization: `Basic ${btoa('ada:pw')}` });
});

describe('baseURL', () => {
  test('a relative URL starts from it, with or without a slash', async () => {
    const api = await service();
    const client = new HTTPClient({ baseURL: `${api.url}/api/v1/` });

    await client.get('/users');
    await client.get('users', { params: { page: 1 } });
    await client.get('users', { baseURL: `${api.url}/api/v2` });
    await client.get(`${api.url}/elsewhere`);

    expect(api.requests.map(({ url }) => url)).toEqual([
      '/api/v1/users',
      '/api/v1/users?page=1',
      '/api/v2/users',
      '/elsewhere',
    ]);
  });
});

describe('use', () => {
  const mark = (name: string, ring: Plugin['ring']): Plugin => ({
    name,
    ring,
    install(http) {
      http.interceptors.request.use((config) => {
        config.headers.set('X-Path', `${config.headers.get('X-Path')?.toString() ?? ''}/${name}`);
        return config;
      });
    },
  });

  test('adds plugins to their ring and returns the client', async () => {
    const api = await service([{ status: 503 }, {}]);
    const client = new HTTPClient({ retry: { base: 0.001 }, plugins: [mark('a', 'attempt'), mark('c', 'call')] });

    expect(client.use(mark('attempt', 'attempt')).use(mark('call', 'call'))).toBe(client);
    await client.get(api.url);

    expect(api.requests.map(({ headers }) => headers['x-path'])).toEqual([
      '/call/c/attempt/a',
      '/call/c/attempt/a/attempt/a',
    ]);
  });

  test('refuses an attempt plugin once interceptors were added, and takes a call plugin', async () => {
    const api = await service();
    const client = new HTTPClient();
    client.axios.interceptors.request.use((config) => config);

    expect(() => client.use(mark('late', 'attempt'))).toThrow(
      new TypeError('Plugin `late` must be added before any interceptor: pass it as `plugins`'),
    );
    await client.use(mark('call', 'call')).get(api.url);

    expect(api.requests[0]?.headers['x-path']).toBe('/call');
  });

  test.each([undefined, null, 'plugin', {}, { name: 'x', ring: 'both', install: () => undefined }])(
    'refuses %p',
    (plugin) => {
      expect(() => new HTTPClient().use(plugin as never)).toThrow(TypeError);
    },
  );
});

// axios.create starts from them.
testOfLeanCore('defaults that were put on axios itself do not reach a client', async () => {
  const api = await service();
  axios.defaults.headers.common['X-Leak'] = 'yes';
  try {
    await new HTTPClient().get(api.url);
  } finally {
    delete axios.defaults.headers.common['X-Leak'];
  }

  expect(api.requests[0]?.headers).not.toHaveProperty('x-leak');
});
