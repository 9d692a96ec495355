import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

/** The types refuse some of these; services in JavaScript, and spreads, do not. */
function undefinedOptions(...names: string[]): RequestOptions {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

describe('an option that is undefined means its default', () => {
  test('validateStatus refuses a 404', async () => {
    const api = await service([{ status: 404 }]);

    const call = new HTTPClient().get(api.url, undefinedOptions('validateStatus'));

    await expect(call).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
  });

  test('transformResponse parses, paramsSerializer repeats lists, adapter sends', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const nothing = undefinedOptions(
      'transformResponse',
      'paramsSerializer',
      'adapter',
      'responseType',
      'maxRedirects',
      'maxContentLength',
      'auth',
      'proxy',
      'transitional',
      'decompress',
      'httpAgent',
      'lookup',
      'baseURL',
    );

    const response = await new HTTPClient().get(api.url, { ...nothing, params: { a: [1, 2] } });

    expect(response.data).toEqual({ id: 1 });
    expect(api.requests[0]?.url).toBe('/?a=1&a=2');
  });

  test('transformRequest sends JSON as JSON', async () => {
    const api = await service();

    await new HTTPClient().post(api.url, { json: { a: 1 }, ...undefinedOptions('transformRequest') });

    expect(api.requests[0]?.body.toString()).toBe('{"a":1}');
    expect(api.requests[0]?.headers['content-type']).toBe('application/json');
  });

  test('maxRedirects follows a redirect', async () => {
    const api = await service([{ status: 302, headers: { location: '/there' } }, {}]);

    await new HTTPClient().get(api.url, undefinedOptions('maxRedirects'));

    expect(api.requests.map(({ url }) => url)).toEqual(['/', '/there']);
  });
});

describe('the name that an option has elsewhere', () => {
  test.each<[string, unknown, RegExp]>([
    ['body', { a: 1 }, /`data`|`json`/],
    ['form', { a: 1 }, /`data`/],
    ['query', { a: 1 }, /`params`/],
    ['qs', { a: 1 }, /`params`/],
    ['searchParams', { a: 1 }, /`params`/],
    ['verify', false, /`httpsAgent\b/],
    ['cert', 'x', /`httpsAgent\b/],
    ['files', { a: 'b' }, /FormData/],
    ['cookies', { a: '1' }, /Cookie/],
    ['stream', true, /`?responseType/],
    ['allow_redirects', false, /`maxRedirects/],
    ['proxies', { http: 'http://x' }, /`proxy`/],
    ['hooks', {}, /interceptors/],
    ['retries', 5, /`retryAttempts`/],
    ['maxRetries', 3, /`retryAttempts`/],
    ['url', 'http://elsewhere', /argument/],
    ['method', 'DELETE', /`?request/],
    ['retry', { base: 0 }, /HTTPClient|client/],
    ['maxResponseSize', 1, /`maxContentLength`|HTTPClient|client/],
    ['tokenHosts', ['a'], /HTTPClient|client/],
    ['trustEnv', true, /HTTPClient|client/],
    ['plugins', [], /HTTPClient|client/],
    ['transport', 'http', /HTTPClient|client/],
    ['axios-retry', { retries: 0 }, /`retryAttempts`/],
  ])('`%s` of a call is refused with the way to say it here', async (name, value, way) => {
    const api = await service();

    const call = new HTTPClient().post(api.url, { [name]: value });

    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining(`\`${name}\``) as string });
    expect(error).toMatchObject({ message: expect.stringMatching(way) as string });
    expect(api.requests).toEqual([]);
  });
});

describe('an option of the wrong shape', () => {
  test.each<[string, string, unknown]>([
    ['auth', 'a list', ['u', 'p']],
    ['auth', 'a text', 'u:secret'],
    ['auth', 'requests with other names', { user: 'u', pass: 'secret' }],
    ['proxy', 'a URL', 'http://127.0.0.1:1'],
    ['signal', 'a controller', new AbortController()],
    ['params', 'a text', 'a=1'],
  ])('`%s` as %s is a TypeError that names it', async (name, _, value) => {
    const api = await service();

    const call = new HTTPClient().get(api.url, { [name]: value });

    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining(`\`${name}\``) as string });
    expect(String(error)).not.toContain('secret');
    expect(api.requests).toEqual([]);
  });

  test('`auth` without a password sends an empty one', async () => {
    const api = await service();

    await new HTTPClient().get(api.url, { auth: { username: 'u' } as never });

    expect(api.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:').toString('base64')}`);
  });

  test('a signal that is not of this realm is one all the same', async () => {
    const api = await service([{ delay: 2000 }]);
    const followers: (() => void)[] = [];
    const signal = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_: string, follower: () => void) => followers.push(follower),
      removeEventListener: () => undefined,
    };
    setTimeout(() => {
      signal.aborted = true;
      for (const follower of followers) follower();
    }, 20);

    const call = new HTTPClient().get(api.url, { signal: signal as never });

    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test.each([
    ['text', 'abc'],
    ['negative', -1],
    ['no number', Number.NaN],
  ] as const)('a `deadline` on client.axios that is %s is INVALID_OPTION', async (_, deadline) => {
    const api = await service();

    const call = new HTTPClient().axios.get(api.url, { deadline: deadline as number });

    await expect(call).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining('`deadline`') as string,
    });
    expect(api.requests).toEqual([]);
  });
});

describe('the config of a call has a JSON form', () => {
  test('in an interceptor', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine', deadline: 5 });
    const logged: string[] = [];
    client.axios.interceptors.request.use((config) => {
      logged.push(JSON.stringify(config));
      return config;
    });

    await client.get(api.url, { signal: new AbortController().signal });

    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ method: 'get', url: api.url }]);
  });

  test('on a response, after a retry', async () => {
    const api = await service([{ status: 503 }, {}]);

    const { config } = await new HTTPClient({ retry: { base: 0.001 } }).get(api.url);

    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ method: 'get', url: api.url });
  });

  test('on an error', async () => {
    const error: unknown = await new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 } })
      .get('http://127.0.0.1:1/')
      .catch((thrown: unknown) => thrown);

    const { config } = error as { config: unknown };
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ method: 'get', url: 'http://127.0.0.1:1/' });
  });
});
