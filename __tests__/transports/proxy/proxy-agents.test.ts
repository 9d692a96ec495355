import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../../src/index';
import { undici } from '../../../src/transports/undici';
import { certificateFor } from '../../support/certificates';
import { failure } from '../../support/outcome';
import { proxyServer, type ProxyServer } from '../../support/proxy';
import { rawService, type RawService } from '../../support/raw-service';
import { service } from '../../support/service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"from":42}';

const clients: HTTPClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
    Reflect.deleteProperty(process.env, name);
    Reflect.deleteProperty(process.env, name.toLowerCase());
  }
});

function newClient(options: HTTPClientOptions): HTTPClient {
  const client = new HTTPClient({ timeout: 3, retry: { base: 0.001 }, ...options });
  clients.push(client);
  return client;
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await wait(2);
  expect(condition()).toBe(true);
}

/** An https service for `localhost`, and an agent that trusts it. */
async function secureService(answer = OK): Promise<RawService & { readonly agent: https.Agent }> {
  const certificate = await certificateFor('localhost');
  const api = await rawService((socket) => socket.write(answer), { ...certificate });
  return { ...api, url: `https://localhost:${api.port}`, agent: new https.Agent({ ca: certificate.cert }) };
}

const settingsOf = ({ port }: ProxyServer): { readonly proxy: { readonly host: string; readonly port: number } } => ({
  proxy: { host: '127.0.0.1', port },
});

/** Every way on which a request may go through a proxy. */
const WAYS: Record<string, { readonly client: HTTPClientOptions; readonly call: RequestOptions }> = {
  'the http transport': { client: {}, call: {} },
  undici: { client: { transport: undici() }, call: {} },
  "axios's adapter": { client: {}, call: { onDownloadProgress: () => undefined } },
  'a stream': { client: {}, call: { responseType: 'stream' } },
};

describe.each(Object.entries(WAYS))('over %s', (_, { client: common, call }) => {
  test('a client certificate that cannot be used fails the call, and closes the tunnel', async () => {
    const proxy = await proxyServer();
    const api = await secureService();
    const client = newClient({
      ...common,
      ...settingsOf(proxy),
      httpsAgent: new https.Agent({ cert: 'no PEM', key: 'no PEM' }),
    });

    const failed = await failure(client.get(api.url, call));

    expect(failed).toMatchObject({ code: 'TLS_FAILED', retryable: false, attempts: [{ outcome: 'TLS_FAILED' }] });
    await until(() => proxy.sockets.size === 0);
  });

  test('an https request goes through a tunnel, which alone sees the credentials of the proxy', async () => {
    const proxy = await proxyServer();
    const api = await secureService();
    const auth = { username: 'käthe', password: 'p@ss' };
    const client = newClient({
      ...common,
      proxy: { host: '127.0.0.1', port: proxy.port, auth },
      httpsAgent: api.agent,
    });

    const response = await client.get(`${api.url}/x?y=1`, { ...call, token: 'abc' });

    expect(response.status).toBe(200);
    expect(proxy.requests).toEqual([]);
    expect(proxy.tunnels).toMatchObject([
      {
        target: `localhost:${api.port}`,
        headers: { 'proxy-authorization': `Basic ${Buffer.from('käthe:p@ss').toString('base64')}` },
      },
    ]);
    expect(api.requests[0]).toMatch(/^GET \/x\?y=1 HTTP\/1.1\r\n/);
    expect(api.requests[0]).toContain(`Host: localhost:${api.port}`);
    expect(api.requests[0]).toContain('Bearer abc');
    expect(api.requests[0]).not.toMatch(/proxy-/i);
    expect(JSON.stringify(proxy.tunnels)).not.toContain('abc');
  });

  test('an http request goes to the proxy with its whole URL', async () => {
    const proxy = await proxyServer();
    const api = await service([{ json: { from: 42 } }]);
    const auth = { username: 'me', password: 'secret' };
    const client = newClient({ ...common, proxy: { host: '127.0.0.1', port: proxy.port, auth } });

    await client.post(`${api.url}/x?y=1`, { ...call, json: { a: 1 } });

    expect(proxy.tunnels).toEqual([]);
    expect(proxy.requests).toMatchObject([
      {
        target: `${api.url}/x?y=1`,
        headers: { host: new URL(api.url).host, 'proxy-authorization': 'Basic bWU6c2VjcmV0' },
      },
    ]);
    expect(api.requests[0]?.body.toString()).toBe('{"a":1}');
    expect(api.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each([
    ['201 Created', 'PROXY_REFUSED', 1],
    ['204 No Content', 'PROXY_REFUSED', 1],
    ['302 Found\r\nLocation: https://localhost:1/', 'PROXY_REFUSED', 1],
    ['401 Unauthorized', 'PROXY_REFUSED', 1],
    ['403 Forbidden', 'PROXY_REFUSED', 1],
    ['407 Proxy Authentication Required', 'PROXY_REFUSED', 1],
    ['429 Too Many Requests\r\nRetry-After: 0', 'PROXY_REFUSED', 1],
    ['502 Bad Gateway', 'PROXY_UNAVAILABLE', 3],
    ['503 Service Unavailable', 'PROXY_UNAVAILABLE', 3],
    ['200 OK', 'PROXY_REFUSED', 1],
  ])('a proxy that answers CONNECT with %s is not the service', async (status, code, attempts) => {
    const body = '{"balance":1000}';
    const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const proxy = await proxyServer({ refusal: () => head + body });
    const auth = { username: 'me', password: 'secret' };
    const client = newClient({ ...common, proxy: { host: '127.0.0.1', port: proxy.port, auth }, retryAttempts: 2 });

    const error = await client.get('https://bank.test/balance', { ...call, token: 't' }).catch((one: unknown) => one);

    expect(error).toMatchObject({ name: 'ConnectionError', code, sent: 'no' });
    expect(error).not.toHaveProperty('status');
    const { message } = error as Error;
    expect(message).toContain(`the proxy http://127.0.0.1:${proxy.port} refused a tunnel to bank.test:443`);
    expect(message).toContain(status.slice(0, 3));
    expect(message).not.toMatch(/secret|bWU6/);
    expect(proxy.tunnels).toHaveLength(attempts);
    await until(() => proxy.sockets.size === 0);
  });

  test('a tunnel opens at the second attempt', async () => {
    const proxy = await proxyServer({ refusal: (count) => (count === 1 ? 'HTTP/1.1 503 Busy\r\n\r\n' : undefined) });
    const api = await secureService();
    const client = newClient({ ...common, ...settingsOf(proxy), httpsAgent: api.agent });

    const response = await client.get(api.url, call);

    expect(response).toMatchObject({ status: 200, retries: 1 });
  });

  test.each(['http://localhost:1/x', 'https://localhost:1/x'])('%s: a proxy that is gone is named', async (url) => {
    const proxy = await proxyServer();
    await proxy.close();
    const client = newClient({ ...common, ...settingsOf(proxy), retryAttempts: 1 });

    await expect(client.post(url, { ...call, json: {} })).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'PROXY_UNAVAILABLE',
      sent: 'no',
      retries: 1,
      message: expect.stringMatching(`the proxy http://127.0.0.1:${proxy.port} failed: connect ECONNREFUSED`) as string,
    });
  });

  test('a redirect decides anew, and takes no credentials of the proxy along', async () => {
    const direct = await service([{ body: 'direct' }]);
    const first = await service([{ status: 302, headers: { location: `${direct.url}/next` } }]);
    const proxy = await proxyServer();
    process.env['http_proxy'] = proxy.url.replace('//', '//me:p%40ss@');
    process.env['no_proxy'] = new URL(direct.url).host;
    const client = newClient({ ...common, trustEnv: true });

    const response = await client.get(`${first.url}/start`, { ...call, responseType: 'text' });

    expect(response.data).toBe('direct');
    expect(proxy.requests).toMatchObject([
      {
        target: `${first.url}/start`,
        headers: { 'proxy-authorization': `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
      },
    ]);
    expect(direct.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('a proxy that does not answer is left at the timeout, without a socket', async () => {
    const proxy = await proxyServer({ refusal: () => null });
    const client = newClient({ ...common, ...settingsOf(proxy), retryAttempts: 0 });

    const error = await client.get('https://localhost:1/', { ...call, timeout: 0.03 }).catch((one: unknown) => one);

    expect(error).toMatchObject({ code: 'TIMEOUT' });
    await until(() => proxy.sockets.size === 0);
  });

  test('a proxy without a usable scheme is refused, not left out', async () => {
    process.env['ALL_PROXY'] = 'socks5://me:secret@localhost:1080';
    const client = newClient({ ...common, trustEnv: true });

    const error = await client.get('http://localhost:1/', call).catch((one: unknown) => one);

    expect(error).toMatchObject({ name: 'InvalidRequest', code: 'INVALID_OPTION', retries: 0 });
    expect(inspect(error)).not.toContain('secret');
  });

  test('a call that is cancelled during CONNECT frees its socket', async () => {
    const controller = new AbortController();
    const proxy = await proxyServer({
      refusal: () => {
        controller.abort();
        return null;
      },
    });
    const client = newClient({ ...common, ...settingsOf(proxy) });

    await expect(client.get('https://localhost:1/', { ...call, signal: controller.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await until(() => proxy.sockets.size === 0);
  });
});

test('HTTP/2 is not sent past the proxy', async () => {
  process.env['ALL_PROXY'] = 'http://localhost:1';
  const client = newClient({ trustEnv: true });

  await expect(client.get('https://localhost:1/', { httpVersion: 2 })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
  });
});

test("a transport of the caller's that knows no proxies does not see the request", async () => {
  const proxy = await proxyServer();
  const api = await service([{ body: 'there' }]);
  const dispatch = jest.fn();
  const client = newClient({ ...settingsOf(proxy), transport: { name: 'http', dispatch, close: () => undefined } });

  await expect(client.get(api.url)).resolves.toMatchObject({ data: 'there' });
  expect(dispatch).not.toHaveBeenCalled();
  expect(proxy.requests).toHaveLength(1);
});

test("without a proxy for it, axios's adapter has the agent of the caller", async () => {
  process.env['http_proxy'] = 'http://localhost:1';
  process.env['no_proxy'] = '127.0.0.1';
  const api = await service();
  const httpAgent = new http.Agent();
  const createConnection = jest.spyOn(httpAgent, 'createConnection');
  const client = newClient({ trustEnv: true, httpAgent });

  await client.get(api.url, { onDownloadProgress: () => undefined });

  expect(createConnection).toHaveBeenCalledTimes(1);
});
