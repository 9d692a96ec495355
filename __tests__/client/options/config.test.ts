import { resolveRetryBudget } from '../../../src/resilience/retry-budget-options';
import { OriginStates } from '../../../src/resilience/origin-states';
import { resolve } from '../../../src/client/options/config';
import { createClient, HTTPClient, type HTTPClientOptions, type Plugin } from '../../../src/index';
import { httpTransport } from '../../../src/transports/http';
import { service } from '../../support/service';

const NO_ENV = {};

test('without options every default is there', () => {
  const { transport, ...config } = resolve(undefined, NO_ENV);

  expect(transport.name).toBe('http');
  expect(config).toEqual({
    identity: { id: expect.any(Number) as number, name: undefined },
    tokenSource: expect.objectContaining({ getToken: expect.any(Function) as unknown }) as object,
    token: 'environment',
    tokenHosts: undefined,
    timeout: 5000,
    retryAttempts: 3,
    deadline: Infinity,
    retry: {
      base: 0.5,
      factor: 2,
      cap: 30,
      jitter: 'none',
      maxRetryAfter: 30,
      unsafeMethods: 'always',
      whileServingRetry: false,
      budget: resolveRetryBudget(),
    },
    resilience: {
      backpressure: { retryAfter: true, rateLimit: false },
      concurrency: { limit: Infinity, queue: Infinity },
      circuitBreaker: false,
      hedging: false,
      rateLimit: false,
      partition: undefined,
      origins: expect.any(OriginStates) as unknown,
    },
    maxResponseSize: 100 * 1024 * 1024,
    trustEnv: false,
    connections: { maxIdle: 4000, maxAge: Infinity, perOrigin: Infinity },
    logErrorBody: false,
    plugins: [],
    requestContext: { timeoutHeader: 'X-Request-Timeout-Ms', margin: 0.02 },
    redirects: { redirects: 'follow', hosts: undefined },
    callOptions: expect.any(Set) as unknown,
    axios: {},
  });
});

test('undefined means the default', () => {
  const names = [
    'name',
    'token',
    'timeout',
    'retryAttempts',
    'deadline',
    'retry',
    'headers',
    'baseURL',
    'tokenHosts',
  ] as const;
  const nothing = Object.fromEntries(names.map((name) => [name, undefined]));

  // Each client has another id.
  const { identity, ...config } = resolve({ ...nothing, retry: { base: undefined } }, NO_ENV);

  expect(identity.name).toBeUndefined();
  expect(JSON.stringify(config)).toBe(JSON.stringify({ ...resolve({}, NO_ENV), identity: undefined }));
});

test('a resolved config cannot be changed', () => {
  expect(Object.isFrozen(resolve({}, NO_ENV))).toBe(true);
});

test.each([
  [0.3, 300],
  [600, 600_000],
  [0.0001, 1],
  [Infinity, 0],
])('a timeout of %p s is %p ms for axios', (timeout, milliseconds) => {
  expect(resolve({ timeout }, NO_ENV).timeout).toBe(milliseconds);
});

test('a size without limit is what axios calls -1', () => {
  expect(resolve({ maxResponseSize: Infinity }, NO_ENV).maxResponseSize).toBe(-1);
});

test('hosts are compared in lower case', () => {
  expect(resolve({ tokenHosts: ['User-Service:8000', '*.Internal'] }, NO_ENV).tokenHosts).toEqual([
    'user-service:8000',
    '*.internal',
  ]);
});

test('null is no token, whatever the environment holds', () => {
  expect(resolve({ token: null }, { SERVICE_AUTH_TOKEN: 'abc' }).tokenSource).toBeUndefined();
});

test('options of axios go to axios', async () => {
  const api = await service([{ json: { id: 1 } }]);
  const client = new HTTPClient({ responseType: 'text', params: { version: 2 }, validateStatus: () => true });

  const response = await client.get(api.url);

  expect(response.data).toBe('{"id":1}');
  expect(api.requests[0]?.url).toBe('/?version=2');
});

test('undefined means the default for options of axios as well', async () => {
  const api = await service([{ status: 302, headers: { location: '/b' }, json: { id: 1 } }]);
  const names = ['validateStatus', 'paramsSerializer', 'adapter', 'transformRequest', 'transformResponse'];
  const client = new HTTPClient(Object.fromEntries(names.map((name) => [name, undefined])));

  const response = await client.get(api.url, { maxRedirects: 0, params: { a: [1, 2] } });

  expect(response).toMatchObject({ status: 302, data: { id: 1 } });
  expect(api.requests[0]?.url).toBe('/?a=1&a=2');
});

describe('a wrong option fails in the constructor', () => {
  const seconds = 'must be a number of seconds above 0 and at most 600, or Infinity';

  test.each<[unknown, Error]>([
    [{ timeout: 5000 }, new RangeError('Option `timeout` must be in seconds, above 0 and at most 600, got 5000. Did you mean 5?')],
    [{ timeout: 0 }, new RangeError(`Option \`timeout\` ${seconds}, got 0`)],
    [{ timeout: -1 }, new RangeError(`Option \`timeout\` ${seconds}, got -1`)],
    [{ timeout: NaN }, new RangeError(`Option \`timeout\` ${seconds}, got NaN`)],
    [{ timeout: '5' }, new TypeError(`Option \`timeout\` ${seconds}, got '5'`)],
    [{ deadline: 'soon' }, new TypeError(`Option \`deadline\` ${seconds}, got a string`)],
    [{ retryAttempts: 1.5 }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got 1.5')],
    [{ retryAttempts: 11 }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got 11')],
    [{ retryAttempts: '2' }, new TypeError("Option `retryAttempts` must be an integer from 0 to 10, got '2'")],
    [{ maxResponseSize: -1 }, new RangeError('Option `maxResponseSize` must be an integer from 0 upwards, got -1')],
    [{ maxResponseSize: '1 MB' }, new TypeError("Option `maxResponseSize` must be an integer from 0 upwards, got '1 MB'")],
    [{ trustEnv: 'yes' }, new TypeError("Option `trustEnv` must be true or false, got 'yes'")],
    [{ token: 'secret\n' }, new TypeError('Option `token` must not contain a line break')],
    [{ token: 5 }, new TypeError('Option `token` must be a token source, a function, a token or null, got a number')],
    [{ token: {} }, new TypeError('Option `token` must be a token source, a function, a token or null, got an object without getToken()')],
    [{ headers: { 'X-Key': 'secret\r\n' } }, new TypeError('Header `X-Key` must be Latin-1 text on one line, got U+000D at character 6')],
    [{ headers: { 'X Y': '1' } }, new TypeError("Header names must be HTTP tokens, got 'X', followed by U+0020")],
    [{ baseURL: '/api' }, new TypeError('Option `baseURL` must be an absolute http:// or https:// URL, got a string that is not one')],
    [{ baseURL: 'http:///api' }, new TypeError('Option `baseURL` must be an absolute http:// or https:// URL, got a string that is not one')],
    [{ baseURL: 'ftp://a' }, new TypeError('Option `baseURL` must be an absolute http:// or https:// URL, got a string that is not one')],
    [{ baseURL: 5 }, new TypeError('Option `baseURL` must be an absolute http:// or https:// URL, got 5')],
    [{ transport: 'carrier pigeon' }, new TypeError("Option `transport` must be 'http' or a transport, got a string")],
    [{ transport: 'undici' }, new TypeError("Option `transport` must be 'http' or a transport, got 'undici': write `undici()`, imported from '@hdms/http-client/undici'")],
    [{ transport: httpTransport }, new TypeError("Option `transport` must be 'http' or a transport, got a function: call it, as in `undici()`")],
    [{ transport: null }, new TypeError("Option `transport` must be 'http' or a transport, got null")],
    [{ transport: {} }, new TypeError("Option `transport` must be 'http' or a transport, got an object")],
    [{ plugins: {} }, new TypeError('Option `plugins` must be a list of plugins, got an object')],
    [{ plugins: [{ name: 'x' }] }, new TypeError("A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }, got an object")],
    [{ plugins: [null] }, new TypeError("A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }, got null")],
  ])('%j', (options, expected) => {
    expect(() => new HTTPClient(options as HTTPClientOptions)).toThrow(expected);
    expect(() => createClient(options as HTTPClientOptions)).toThrow(expected.constructor as ErrorConstructor);
  }); // prettier-ignore

  test.each([['user-service', 'a string'], [5, '5'], [null, 'null']])('tokenHosts: %j is not a list', (tokenHosts, got) => {
    expect(() => new HTTPClient({ tokenHosts } as never)).toThrow(
      new TypeError(`Option \`tokenHosts\` must be a list of hosts such as 'user-service', 'user-service:8000' or '*.internal', got ${got}`),
    );
  }); // prettier-ignore

  test.each<[unknown, Error]>([
    [3, new TypeError('Option `retry` must be an object, got 3: `retryAttempts` sets the number of retries')],
    [null, new TypeError('Option `retry` must be an object, got null: `retryAttempts` sets the number of retries')],
    [{ base: -1 }, new RangeError('Option `retry.base` must be a number of seconds from 0 to 3600, got -1')],
    [{ base: '1' }, new TypeError("Option `retry.base` must be a number of seconds from 0 to 3600, got '1'")],
    [{ factor: 0.5 }, new RangeError('Option `retry.factor` must be a number from 1 to 100, got 0.5')],
    [{ cap: Infinity }, new RangeError('Option `retry.cap` must be a number of seconds from 0 to 3600, got Infinity')],
    [{ maxRetryAfter: NaN }, new RangeError('Option `retry.maxRetryAfter` must be a number of seconds from 0 to 86400, got NaN')],
    [{ jitter: true }, new TypeError("Option `retry.jitter` must be 'none' or 'full', got true")],
    [{ unsafeMethods: 'no' }, new TypeError("Option `retry.unsafeMethods` must be 'always', 'when-not-sent' or 'never', got 'no'")],
    [{ whileServingRetry: 1 }, new TypeError('Option `retry.whileServingRetry` must be true or false, got 1')],
    [{ bases: 1 }, new TypeError('Unknown `retry` option `bases`. Did you mean `base`?')],
  ])('retry: %j', (retry, expected) => {
    expect(() => new HTTPClient({ retry } as HTTPClientOptions)).toThrow(expected);
  }); // prettier-ignore

  test.each<[unknown, Error]>([
    [true, new TypeError('Option `requestContext` must be an object or false, got true')],
    [null, new TypeError('Option `requestContext` must be an object or false, got null')],
    [{ margins: 1 }, new TypeError('Unknown `requestContext` option `margins`. Did you mean `margin`?')],
    [{ margin: 61 }, new RangeError('Option `requestContext.margin` must be a number of seconds from 0 to 60, got 61')],
    [{ margin: '20ms' }, new TypeError("Option `requestContext.margin` must be a number of seconds from 0 to 60, got '20ms'")],
    [{ timeoutHeader: 7 }, new TypeError('Option `requestContext.timeoutHeader` must be a header name (an HTTP token), got 7')],
    [{ timeoutHeader: 'X Timeout' }, new TypeError("Option `requestContext.timeoutHeader` must be a header name (an HTTP token), got 'X', followed by U+0020")],
  ])('requestContext: %j', (requestContext, expected) => {
    expect(() => new HTTPClient({ requestContext } as HTTPClientOptions)).toThrow(expected);
  }); // prettier-ignore

  test.each([
    ['retryAttempt', ' Did you mean `retryAttempts`?'],
    ['baseUrl', ' Did you mean `baseURL`?'],
    ['Token', ' Did you mean `token`?'],
    ['plugin', ' Did you mean `plugins`?'],
    ['maxResponseSzie', ' Did you mean `maxResponseSize`?'],
    ['colour', ' If an axios plugin or interceptor reads it, list it in `extraOptions` of the client.'],
  ])('an unknown option %s is named', (name, hint) => {
    expect(() => new HTTPClient({ [name]: 1 })).toThrow(new TypeError(`Unknown option \`${name}\`.${hint}`));
  });

  test.each([null, 5, 'http://user-service', [], true])('options that are %j are named', (options) => {
    expect(() => new HTTPClient(options as never)).toThrow(/^Options must be an object, got /);
  });

  test.each<[string, unknown]>([
    ['baseURL', 'ftp://ada:s3cret@a'],
    ['baseURL', new URL('ftp://ada:s3cret@a')],
    ['baseURL', { href: 's3cret' }],
    ['timeout', { token: 's3cret' }],
    ['timeout', 's3cret'],
    ['trustEnv', 'http://ada:s3cret@proxy:3128'],
    ['redirects', 'http://ada:s3cret@a'],
    ['maxRedirects', ['s3cret']],
  ])('a secret in a wrong %s is not told', (name, value) => {
    expect(() => new HTTPClient({ [name]: value })).toThrow(/^(?!.*s3cret)Option/);
  });
});

test('a transport and plugins of the user are taken as they are', () => {
  const transport = httpTransport();
  const plugin: Plugin = { name: 'x', ring: 'call', install: () => undefined };

  const config = resolve({ transport, plugins: [plugin] }, NO_ENV);

  expect(config.transport).toBe(transport);
  expect(config.plugins).toEqual([plugin]);
});

test('a baseURL may be a URL object, which counts as it was', async () => {
  const api = await service();
  const baseURL = new URL('/v1', api.url);
  const client = new HTTPClient({ baseURL });
  baseURL.pathname = '/v2';

  await client.get('/users');

  expect(api.requests[0]?.url).toBe('/v1/users');
});
