import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { mockClient, MockClient, type MockAnswer } from '../../src/testing/index';
import { failure, timers } from '../support/outcome';

const URL = 'http://user-service:8000/users';

test('a mock client is a client, to which a script answers', async () => {
  const client = mockClient([{ json: { id: 7 } }, { status: 404 }]);

  expect(client).toBeInstanceOf(HTTPClient);
  expect(client).toBeInstanceOf(MockClient);
  expect(await client.getJson(URL)).toEqual({ id: 7 });
  await expect(client.get(URL)).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 404, url: URL });
});

test('a call with a third argument is refused, as by any client', async () => {
  const client = mockClient();
  const get = client.get.bind(client) as (...given: unknown[]) => Promise<unknown>;

  expect((await failure(get(URL, {}, { token: 'lost' }))).message).toMatch(/^Too many arguments/);
  expect(client.unsent).toHaveLength(1);
  expect(client.requests).toEqual([]);
});

test('without a script it answers 200 without a body, and the last answer is given for ever', async () => {
  expect(await mockClient().get(URL)).toMatchObject({ status: 200, data: '' });

  const client = mockClient([{ status: 201 }, { status: 202 }]);
  const statuses: number[] = [];
  for (let count = 0; count < 4; count++) statuses.push((await client.get(URL)).status);

  expect(statuses).toEqual([201, 202, 202, 202]);
});

test('a call tells what was sent', async () => {
  const client = mockClient([{ status: 201 }], { token: 'a-token', headers: { 'X-Service': 'tickets' } });

  await client.post(URL, { json: { name: 'Ada' }, params: { notify: [1, 2] } });

  const [call] = client.calls;
  expect(call).toMatchObject({
    method: 'POST',
    url: `${URL}?notify=1&notify=2`,
    token: 'a-token',
    headers: { 'x-service': 'tickets', 'content-type': 'application/json', 'content-length': '14' },
    attempts: [{ outcome: 201, decision: 'done' }],
  });
  expect(call?.body.toString()).toBe('{"name":"Ada"}');
  expect(call?.requests).toEqual(client.requests);
});

test('retries are real, each with a token of its own, and take no time', async () => {
  let issued = 0;
  const client = mockClient([{ status: 503 }, { error: 'ECONNRESET' }, {}], { token: () => `token-${++issued}` });
  const start = performance.now();

  const { retries } = await client.get(URL);

  expect(retries).toBe(2);
  expect(client.calls).toHaveLength(1);
  expect(client.calls[0]?.attempts.map(({ outcome, wait }) => [outcome, wait])).toEqual([
    [503, 0],
    ['CONNECTION_RESET', 0],
    [200, undefined],
  ]);
  expect(client.requests.map(({ token }) => token)).toEqual(['token-1', 'token-2', 'token-3']);
  expect(client.calls[0]?.token).toBe('token-3');
  expect(performance.now() - start).toBeLessThan(1200);
});

test('retry options of its own apply', async () => {
  const client = mockClient([{ status: 503 }, {}], { retry: { base: 0.002 }, retryAttempts: 1 });

  await client.get(URL);

  expect(client.calls[0]?.attempts[0]?.wait).toBe(0.002);
});

test.each<[MockAnswer, object, timeout?: number]>([
  [{ error: 'ECONNREFUSED' }, { code: 'CONNECTION_REFUSED', phase: 'connect', sent: 'no' }],
  [{ error: 'ENOTFOUND' }, { code: 'HOST_NOT_FOUND', phase: 'connect', sent: 'no' }],
  [{ error: 'ECONNRESET' }, { code: 'CONNECTION_RESET', phase: 'headers', sent: 'maybe' }],
  [{ hangUp: true }, { code: 'CONNECTION_CLOSED', phase: 'headers', sent: 'maybe' }],
  [{ error: 'CERT_HAS_EXPIRED' }, { code: 'CERTIFICATE_INVALID', phase: 'connect', sent: 'no' }],
  [{ error: new Error('out of order') }, { code: 'CONNECTION_FAILED', cause: { message: 'out of order' } }],
  [{ headers: { 'content-encoding': 'gzip' }, body: 'no gzip' }, { code: 'CONTENT_DECODING_FAILED' }],
  [{ body: 'x'.repeat(2000) }, { code: 'RESPONSE_TOO_LARGE' }],
  [{ headers: { 'content-length': '2000' }, body: 'x' }, { code: 'RESPONSE_TOO_LARGE' }],
  [{ delay: Infinity }, { code: 'TIMEOUT', phase: 'headers' }, 0.02],
  [{ delay: 60 }, { code: 'TIMEOUT', phase: 'headers' }, 0.02],
])('%j is the failure that it would be', async (answer, expected, timeout = 5) => {
  const client = mockClient([answer], { retryAttempts: 0, maxResponseSize: 1000, timeout });

  const error = await failure(client.get(URL));

  expect(error).toMatchObject(expected);
  expect(client.calls[0]?.attempts).toHaveLength(1);
});

test('an answer may take its time', async () => {
  const client = mockClient([{ delay: 0.02, body: 'late' }]);
  const start = performance.now();

  expect((await client.get(URL)).data).toBe('late');
  expect(performance.now() - start).toBeGreaterThan(15);
});

test('a call that is cancelled ends, with its timer', async () => {
  const caller = new AbortController();
  const client = mockClient(() => {
    setImmediate(() => {
      caller.abort();
    });
    return { delay: 60 };
  });

  const before = timers();

  await expect(client.get(URL, { signal: caller.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(timers()).toBe(before);
});

test('a script may be a function of the request, at once or later', async () => {
  const client = mockClient(async ({ method, url, body }) => {
    return Promise.resolve({ json: [method, url, body.toString()] });
  });

  expect(await client.putJson(URL, { data: 'text' })).toEqual(['PUT', URL, 'text']);
});

test('what the script throws fails the call, and is not retried', async () => {
  const client = mockClient(() => {
    throw new TypeError('no such user');
  });

  const error = await failure(client.get(URL));

  expect(error).toMatchObject({
    code: 'REQUEST_FAILED',
    retries: 0,
    cause: { message: 'The script failed: no such user', cause: { message: 'no such user' } },
  });
  expect(error.message).toContain('no such user');
});

test('a redirect is followed, and takes no token to another host', async () => {
  const client = mockClient([{ status: 303, headers: { Location: 'http://other/' } }, { body: 'there' }], {
    token: 'x',
  });

  const { data, url } = await client.post(URL);

  expect({ data, url }).toEqual({ data: 'there', url: 'http://other/' });
  expect(client.calls).toHaveLength(1);
  expect(client.calls[0]).toMatchObject({ method: 'POST', url: URL, token: 'x' });
  expect(client.requests.map(({ method, url, token }) => [method, url, token])).toEqual([
    ['POST', URL, 'x'],
    ['GET', 'http://other/', undefined],
  ]);
});

test.each([
  ['a string', 'text', 'text'],
  ['a form', { a: 1 }, 'a=1'],
  ['bytes', Buffer.from('bytes'), 'bytes'],
  ['a Blob', new Blob(['blob']), 'blob'],
  ['a stream', Readable.from(['a', 'b']), 'ab'],
  ['a function', () => Readable.from(['fresh']), 'fresh'],
  ['nothing', undefined, ''],
])('the body of a call is there where it was %s', async (_, data, body) => {
  const client = mockClient();

  await client.post(URL, { data });

  expect(client.calls[0]?.body.toString()).toBe(body);
});

test('a stream that fails is the failure that it would be', async () => {
  const data = new Readable({
    read() {
      this.destroy(new Error('disk gone'));
    },
  });

  await expect(mockClient().post(URL, { data })).rejects.toMatchObject({ code: 'INVALID_BODY', retries: 0 });
});

test('an answer may be compressed, or read as a stream', async () => {
  const body = 'a long text '.repeat(100_000);
  const client = mockClient([{ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(body) }, { body }]);

  expect((await client.get(URL)).data).toBe(body);
  const { data } = await client.get<Readable>(URL, { responseType: 'stream' });
  expect(await text(data)).toBe(body);
});

test.each([['head', 200] as const, ['get', 204] as const, ['get', 304] as const])(
  '%s with %d has no body',
  async (verb, status) => {
    const client = mockClient([{ status, body: 'body' }]);

    expect((await client[verb](URL)).data).toBe('');
  },
);

test('calls at the same time are kept apart', async () => {
  const client = mockClient(({ url }) => ({ status: url.endsWith('3') ? 503 : 200, json: url }), { retryAttempts: 2 });
  const urls = Array.from({ length: 6 }, (_, index) => `${URL}/${index}`);

  await Promise.allSettled(urls.map(async (url) => client.get(url)));

  expect(client.calls.map(({ url, attempts }) => [url, attempts.length])).toEqual(
    urls.map((url) => [url, url.endsWith('3') ? 3 : 1]),
  );
  expect(client.requests).toHaveLength(8);
});

test('plugins and interceptors take part', async () => {
  const stamp: Plugin = {
    name: 'stamp',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        config.headers.set('X-Attempt', String((config.call?.attempts.length ?? 0) + 1));
        return config;
      });
    },
  };
  const client = mockClient([{ status: 503 }, { json: { data: 1 } }], { plugins: [stamp] });
  client.axios.interceptors.response.use((response) => (response.data as { data: never }).data);

  expect(await client.axios.get(URL)).toBe(1);
  expect(client.requests.map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2']);
  expect(client.calls).toHaveLength(1);
});

test('a call that failed before anything was sent is not among the calls', async () => {
  const client = mockClient([], { token: () => Promise.reject(new Error('no token')) });

  const error = await failure(client.get(URL));

  expect(error.code).toBe('TOKEN_UNAVAILABLE');
  expect(client.calls).toEqual([]);
  expect(client.unsent).toEqual([error]);
});

test.each<HTTPClientOptions>([
  { proxy: { host: '127.0.0.1', port: 1, protocol: 'http' } },
  { maxRate: 1_000_000 },
  { socketPath: '/no/such/socket' },
  { trustEnv: true },
])('with %j nothing goes out either', async (options) => {
  const client = mockClient([{ body: 'by the script' }], options);

  expect((await client.get('http://127.0.0.1:1/')).data).toBe('by the script');
});

test('wrong options are refused as those of any client', () => {
  expect(() => mockClient([], { retryAttempts: 11 })).toThrow(RangeError);
  for (const given of [7, null, [], mockClient()]) {
    expect(() => mockClient([], given as never)).toThrow(/^Options must be an object, got /);
  }
});

test('options may be those of a class, as of any client', async () => {
  class Settings {
    readonly #port = 8000;
    get baseURL(): string {
      return `http://user-service:${this.#port}`;
    }
  }

  const client = mockClient([], new Settings());

  expect((await client.get('/users')).url).toBe('http://user-service:8000/users');
});
