import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Answer, type Service } from '../support/service';

const FAST = { retry: { base: 0.001 } } satisfies HTTPClientOptions;
const FLAKY: Answer[] = [{ status: 503 }, { status: 503 }, { status: 200 }];

function sent({ requests }: Service): unknown[] {
  return requests.map(({ headers }) => headers.authorization);
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

afterEach(() => {
  for (const name of ['SERVICE_AUTH_TOKEN', 'AUTH_TOKEN', 'TOKEN_SERVICE_URL'])
    Reflect.deleteProperty(process.env, name);
});

describe('of several sources of credentials', () => {
  const auth = { username: 'ada', password: 'pw' };
  const headers = { authorization: 'Digest own' };
  // Each row wins over all rows below it.
  const sources: [string, RequestOptions, HTTPClientOptions, Record<string, string>, string, string][] = [
    ["the call's token", { token: 'of-call' }, {}, {}, '', 'Bearer of-call'],
    ['auth', { auth }, {}, {}, '', basic('ada:pw')],
    ["the caller's header", { headers }, {}, {}, '', 'Digest own'],
    ['the user info of the URL', {}, {}, {}, 'bob:secret@', basic('bob:secret')],
    ["the client's token", {}, { token: 'of-client' }, {}, '', 'Bearer of-client'],
    ['SERVICE_AUTH_TOKEN', {}, {}, { SERVICE_AUTH_TOKEN: 'of-service-env' }, '', 'Bearer of-service-env'],
    ['AUTH_TOKEN', {}, {}, { AUTH_TOKEN: 'of-env' }, '', 'Bearer of-env'],
    ['the token service', {}, {}, {}, '', 'Bearer of-token-service'],
  ];

  test.each(sources.map(([name], index) => [name, index] as const))(
    '%s wins over all that come after',
    async (_, index) => {
      const api = await service(FLAKY);
      const tokens = await service([{ json: { access_token: 'of-token-service', expires_in: 3600 } }]);
      Object.assign(process.env, {
        TOKEN_SERVICE_URL: tokens.url,
        TOKEN_SERVICE_CLIENT_ID: 'id',
        TOKEN_SERVICE_CLIENT_SECRET: 'secret',
      });
      const rows = sources.slice(index);
      const call: RequestOptions = Object.assign({}, ...rows.map((row) => row[1])) as RequestOptions;
      const options = Object.assign({ ...FAST }, ...rows.map((row) => row[2])) as HTTPClientOptions;
      Object.assign(process.env, ...rows.map((row) => row[3]));
      const userInfo = rows.map((row) => row[4]).join('');

      await new HTTPClient(options).get(api.url.replace('//', `//${userInfo}`), call);

      expect(sent(api)).toEqual(Array(3).fill(sources[index]?.[5]));
    },
  );
});

test.each(['http:/', 'http:', String.raw`http:\\`, ' http://', '\thttp://', 'ht\ntp://'])(
  'credentials in a URL that begins with %j are sent, and no token',
  async (start) => {
    const api = await service();

    await new HTTPClient({ token: 'of-client' }).get(`${start}bob:secret@127.0.0.1:${api.port}/`);

    expect(sent(api)).toEqual([basic('bob:secret')]);
  },
);

test('credentials in `baseURL` do not count for a call to another host, which gets the token', async () => {
  const [api, other] = [await service(), await service()];
  const client = new HTTPClient({ token: 'of-client', baseURL: api.url.replace('//', '//bob:secret@') });

  await client.get('/');
  await client.get(other.url);

  expect([sent(api), sent(other)]).toEqual([[basic('bob:secret')], ['Bearer of-client']]);
});

test('a header among the defaults of the client counts as the caller’s own', async () => {
  const api = await service();

  await new HTTPClient({ token: 'of-client', headers: { Authorization: 'Digest own' } }).get(api.url);

  expect(sent(api)).toEqual(['Digest own']);
});

test('a header that an interceptor sets is never overwritten', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient({ ...FAST, token: () => 'of-client' });
  client.axios.interceptors.request.use((config) => {
    config.headers.set('Authorization', 'Signature of-interceptor');
    return config;
  });

  await client.get(api.url);

  expect(sent(api)).toEqual(Array(3).fill('Signature of-interceptor'));
});

test('a token that an interceptor sets as an option is the token of the call', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient({ ...FAST, token: () => Promise.resolve('of-client') });
  client.axios.interceptors.request.use((config) => Object.assign(config, { token: 'of-interceptor' }));

  await client.get(api.url);

  expect(sent(api)).toEqual(Array(3).fill('Bearer of-interceptor'));
});

test.each<[string, HTTPClientOptions, RequestOptions]>([
  ['the client', { token: null }, {}],
  ['the call', { token: 'of-client' }, { token: null }],
])('null for a token of %s sends none, whatever the environment says', async (_, options, call) => {
  process.env['SERVICE_AUTH_TOKEN'] = 'of-env';
  const api = await service();

  await new HTTPClient(options).get(api.url, call);

  expect(sent(api)).toEqual([undefined]);
});

test('null for a token leaves credentials of the caller alone', async () => {
  const api = await service();

  await new HTTPClient().get(api.url, { token: null, headers: { Authorization: 'Digest own' } });

  expect(sent(api)).toEqual(['Digest own']);
});

test.each<[string, HTTPClientOptions['token']]>([
  ['a function', () => 'x'],
  ['an asynchronous function', async () => Promise.resolve('x')],
  ['a function that answers with an end', async () => Promise.resolve({ token: 'x', expiresAt: Date.now() + 1000 })],
  ['a source', { getToken: () => 'x' }],
])('%s gives the token of the client', async (_, token) => {
  const api = await service();

  await new HTTPClient({ token }).get(api.url);

  expect(sent(api)).toEqual(['Bearer x']);
});

test.each<[string, HTTPClientOptions['token']]>([
  ['at once', () => undefined],
  ['later', async () => Promise.resolve(undefined)],
])('a source that says %s that it has no token sends none', async (_, token) => {
  const api = await service();

  await new HTTPClient({ token }).get(api.url);

  expect(sent(api)).toEqual([undefined]);
});

test.each<[string, (issued: number) => string | Promise<string>]>([
  ['at once', (issued) => `token-${issued}`],
  ['later', async (issued) => Promise.resolve(`token-${issued}`)],
])('a source that answers %s is asked for a fresh token on each attempt', async (_, issue) => {
  const api = await service(FLAKY);
  let issued = 0;

  await new HTTPClient({ ...FAST, token: () => issue(++issued) }).get(api.url);

  expect(sent(api)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
});

test('a source that runs dry between two attempts takes the token back', async () => {
  const api = await service(FLAKY);
  const answers = ['first', undefined, undefined];

  await new HTTPClient({ ...FAST, token: () => answers.shift() }).get(api.url);

  expect(sent(api)).toEqual(['Bearer first', undefined, undefined]);
});

test('a source is told where the request goes, without the query', async () => {
  const api = await service();
  const getToken = jest.fn((_request: { url: string }) => 'x');
  const client = new HTTPClient({ token: { getToken }, baseURL: api.url });

  await client.get('/users/1', { params: { q: 'secret' } });

  expect(getToken.mock.calls[0]?.[0].url).toBe(`${api.url}/users/1`);
});

describe('a token that cannot be sent', () => {
  const bad = ['s3cr3t\nx', 's3cr3t\r', 'Bearer s3cr3t', 's3cr3té', 's3cr3t\u200b', 's3cr3t\0'];
  const complaint = /^(?!.*s3cr3t).*must (not )?contain/;

  test.each(bad)('is refused as an option of client and call, and not quoted: %j', async (token) => {
    expect(() => new HTTPClient({ token })).toThrow(complaint);
    await expect(new HTTPClient().get('http://127.0.0.1:1', { token })).rejects.toThrow(complaint);
  });

  test.each(bad)('is refused from every source, and not quoted: %j', async (token) => {
    const api = await service();
    const sources = [() => token, async () => Promise.resolve(token), { getToken: () => token }];
    const clients = sources.map((source) => new HTTPClient({ token: source }));
    if (!token.includes('\0')) {
      process.env['AUTH_TOKEN'] = token;
      clients.push(new HTTPClient());
    }

    for (const client of clients) {
      const refusal = {
        name: 'TokenError',
        code: 'TOKEN_INVALID',
        message: expect.stringMatching(complaint) as string,
      };
      await expect(client.get(api.url)).rejects.toMatchObject({ ...refusal, sent: 'no', retryable: false });
    }
    expect(api.requests).toHaveLength(0);
  });

  test('is refused as an option on client.axios too', async () => {
    const call = new HTTPClient().axios.get('http://127.0.0.1:1', { token: 's3cr3t\n' });

    await expect(call).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringMatching(complaint) as string,
    });
  });
});

test.each([5, {}, true])(
  'on `axios`, a token that is %j is refused, and nothing is sent without one',
  async (token) => {
    const api = await service();

    const error = await failure(new HTTPClient().axios.get(api.url, { token: token as never }));

    expect(error).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('must be a string') as string,
    });
    expect(api.requests).toHaveLength(0);
  },
);
