import http, { type IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { HTTPClient, type HTTPClientOptions, type RequestException, type RequestOptions } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service, type Answer, type Service } from '../support/service';

// Any option that only axios's own adapter knows leads there.
const viaAxios = { onDownloadProgress: () => undefined } satisfies RequestOptions;
const client = new HTTPClient({ retry: { base: 0.001 }, timeout: 2, ...viaAxios });

async function failure(call: Promise<unknown>): Promise<RequestException> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );
}

test('reports progress', async () => {
  const api = await service([{ body: 'x'.repeat(1000) }]);
  const onDownloadProgress = jest.fn();

  await new HTTPClient().get(api.url, { onDownloadProgress });

  await pause(0);
  expect(onDownloadProgress).toHaveBeenCalledWith(expect.objectContaining({ loaded: 1000 }));
});

test('reaches a service over a unix socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'http-client-'));
  const socketPath = join(folder, 'api.sock');
  const seen: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request.headers.host, request.url, request.headers.authorization);
    response.writeHead(seen.length === 3 ? 503 : 200).end('from the socket');
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  const response = await client.get('http://docker.internal:2375/things', { socketPath, token: 'abc' });
  await client.get('http://docker.internal/things', { socketPath, headers: { host: 'mine' } });

  expect(response).toMatchObject({ data: 'from the socket', retries: 1 });
  const asked = ['docker.internal:2375', '/things', 'Bearer abc'];
  expect(seen).toEqual([...asked, ...asked, 'mine', '/things', undefined]);
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

test.each([
  ['headers', (): void => undefined],
  [
    'body',
    (_: IncomingMessage, response: http.ServerResponse): void => {
      response.writeHead(200, { 'content-length': '10' });
      const timer = setInterval(() => response.write('x'), 40).unref();
      response.once('close', () => {
        clearInterval(timer);
      });
    },
  ],
] as const)('a stall of the %s is a Timeout by the same clock, and retried', async (_, handle) => {
  const api = await service([{ handle }, { body: 'whole' }]);

  const response = await client.get(api.url, { timeout: 0.15 });

  expect(response).toMatchObject({ data: 'whole', retries: 1 });
  expect(response.elapsed).toBeGreaterThan(0.14);
  expect(response.elapsed).toBeLessThan(1);
});

test('a retry has the timeout of its call, and can be cancelled in the wait before', async () => {
  const silence: Answer = { handle: () => undefined };
  const api = await service([{ status: 503 }, silence, { status: 503 }]);

  const stalled = await failure(client.get(api.url, { timeout: 0.4, retryAttempts: 1 }));
  expect(stalled.attempts).toMatchObject([{ outcome: 503, decision: 'retry' }, { outcome: 'TIMEOUT' }]);

  const controller = new AbortController();
  const waiting = failure(
    new HTTPClient({ ...viaAxios, retry: { base: 20 } }).get(api.url, { signal: controller.signal }),
  );
  setTimeout(() => {
    controller.abort();
  }, 400);
  expect(await waiting).toMatchObject({ code: 'CANCELLED', retries: 0, attempts: [{ outcome: 503 }] });
});

test('every attempt starts from the config of the call, not from what the adapter made of it', async () => {
  const api = await service([{ status: 503 }, { status: 503 }, {}]);
  const data = (): Readable => Readable.from(['x']);
  const beforeRedirect = (): void => undefined;

  const { config } = await client.put(api.url, { data, beforeRedirect });

  expect(config.data).toBe(data);
  expect(config.beforeRedirect).toBe(beforeRedirect);
  expect(config.proxy).toBeUndefined();
  expect(config.timeout).toBe(2000);
});

test.each([
  [404, 'CLIENT_ERROR', 1],
  [429, 'TOO_MANY_REQUESTS', 2],
  [503, 'SERVER_ERROR', 2],
])('a %i is the same error as anywhere', async (status, code, attempts) => {
  const api = await service([{ status, json: { reason: 'why' }, headers: { 'retry-after': '0' } }]);

  const error = await failure(client.get(api.url, { retryAttempts: 1 }));

  expect(error).toMatchObject({ name: 'HTTPError', code, status, sent: 'yes', retryAfter: 0 });
  expect(error.response?.data).toEqual({ reason: 'why' });
  expect(api.requests).toHaveLength(attempts);
});

test.each([
  ['refused', 'CONNECTION_REFUSED', 'connect', 'no'],
  ['closed', 'CONNECTION_CLOSED', 'headers', 'maybe'],
  ['reset', 'CONNECTION_RESET', 'headers', 'maybe'],
  ['truncated', 'BODY_TRUNCATED', 'body', 'yes'],
] as const)('a connection that is %s is a ConnectionError, and retried', async (fault, code, phase, sent) => {
  const api = await rawService((socket) => {
    if (fault === 'truncated') socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
    else if (fault === 'reset') socket.resetAndDestroy();
    else socket.destroy();
  });
  if (fault === 'refused') await api.close();

  const error = await failure(client.get(api.url, { retryAttempts: 1 }));

  expect(error).toMatchObject({ name: 'ConnectionError', code, phase, sent, retries: 1, retryable: true });
  expect(error.attempts).toMatchObject([{ outcome: code }, { outcome: code }]);
});

test('a body above maxResponseSize is refused', async () => {
  const api = await service([{ body: 'x'.repeat(2000) }]);
  const small = new HTTPClient({ ...viaAxios, maxResponseSize: 1000 });

  const error = await failure(small.get(api.url));

  expect(error).toMatchObject({ name: 'ResponseTooLarge', code: 'RESPONSE_TOO_LARGE', retries: 0 });
});

test.each([
  ['a function that makes a stream', () => Readable.from(['fresh'])],
  ['bytes', new TextEncoder().encode('fresh')],
  ['a Blob', new Blob(['fresh'])],
])('sends %s again', async (_, data) => {
  const api = await service([{ status: 503 }, {}]);

  await client.post(api.url, { data });

  expect(api.requests.map(({ body }) => body.toString())).toEqual(['fresh', 'fresh']);
});

test('a body above maxBodyLength is not sent', async () => {
  const api = await service();

  const error = await failure(client.post(api.url, { data: 'x'.repeat(20), maxBodyLength: 10 }));

  expect(error).toMatchObject({ name: 'InvalidRequest', code: 'INVALID_BODY' });
});

describe('redirects', () => {
  const secrets = {
    token: 'abc',
    headers: { Cookie: 'sid=1', 'X-Api-Key': 'key', 'X-Mine': 'secret', 'X-Plain': 'p' },
  };

  test('within an origin keep all headers', async () => {
    const api = await service([{ status: 307, headers: { location: '/next' } }, { body: 'there' }]);

    const response = await client.get(api.url, secrets);

    expect(response).toMatchObject({ data: 'there', url: `${api.url}/next` });
    expect(api.requests[1]?.headers).toMatchObject({
      authorization: 'Bearer abc',
      cookie: 'sid=1',
      'x-api-key': 'key',
    });
  });

  test('to another origin take no secret along', async () => {
    const other = await service();
    const api = await service([{ status: 307, headers: { location: other.url } }]);

    await client.get(api.url, { ...secrets, sensitiveHeaders: ['X-Mine'] });

    const { headers } = other.requests[0] ?? {};
    expect(headers).toMatchObject({ 'x-plain': 'p' });
    expect(Object.keys(headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/authorization|cookie|x-api-key|x-mine/)]),
    );
  });

  test('without end are TooManyRedirects', async () => {
    const api = await service([{ status: 302, headers: { location: '/' } }]);

    const error = await failure(client.get(api.url, { maxRedirects: 3 }));

    expect(error).toMatchObject({ name: 'TooManyRedirects', code: 'TOO_MANY_REDIRECTS', retries: 0 });
    expect(api.requests).toHaveLength(4);
  });

  test("go through the caller's beforeRedirect", async () => {
    const api = await service([{ status: 302, headers: { location: '/next' } }, {}]);
    const beforeRedirect = jest.fn();

    await client.get(api.url, { beforeRedirect });

    expect(beforeRedirect).toHaveBeenCalledTimes(1);
  });
});

describe('a proxy', () => {
  const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'] as const;

  afterEach(() => {
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  });

  /** Sees what a plain-http proxy sees: the whole URL. */
  async function proxied(options: HTTPClientOptions, call: RequestOptions, target: string): Promise<Service> {
    const proxy = await service([{ body: 'through the proxy' }]);
    if (call.proxy === undefined) process.env['HTTP_PROXY'] = process.env['http_proxy'] = proxy.url;
    const settings = call.proxy ? { proxy: { host: '127.0.0.1', port: proxy.port } } : call;
    await new HTTPClient({ retryAttempts: 0, ...options }).get(target, settings);
    return proxy;
  }

  test('that is asked for sees the request', async () => {
    const api = await service();

    const proxy = await proxied({}, { proxy: { host: '', port: 0 } }, `${api.url}/x`);

    expect(proxy.requests).toMatchObject([{ url: `${api.url}/x` }]);
    expect(api.requests).toEqual([]);
  });

  test('that the environment names does not', async () => {
    const api = await service();

    for (const options of [{}, viaAxios]) {
      const proxy = await proxied({ token: 'abc', ...options }, {}, api.url);
      expect(proxy.requests).toEqual([]);
    }
    expect(api.requests).toHaveLength(2);
  });

  test('that the environment names does with trustEnv, but for proxy: false', async () => {
    const api = await service();

    const proxy = await proxied({ trustEnv: true }, {}, `${api.url}/x`);
    expect(proxy.requests).toMatchObject([{ url: `${api.url}/x` }]);
    await new HTTPClient({ trustEnv: true }).get(api.url, { proxy: false });
    expect([proxy.requests.length, api.requests.length]).toEqual([1, 1]);
  });
});
