import https from 'node:https';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { ProxyAgent } from 'undici';
import { HTTPClient, type HTTPClientOptions } from '../../../src/index';
import { undici } from '../../../src/transports/undici';
import { certificateFor } from '../../support/certificates';
import { proxyServer } from '../../support/proxy';
import { rawService, type RawService } from '../../support/raw-service';
import { service } from '../../support/service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const clients: HTTPClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function newClient(options: HTTPClientOptions): HTTPClient {
  const client = new HTTPClient({ timeout: 3, retryAttempts: 0, ...options });
  clients.push(client);
  return client;
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await wait(2);
  expect(condition()).toBe(true);
}

/** An https service for `localhost`. */
async function secureService(): Promise<RawService & { readonly ca: string }> {
  const certificate = await certificateFor('localhost');
  const api = await rawService((socket) => socket.write(OK), { ...certificate });
  return { ...api, url: `https://localhost:${api.port}`, ca: certificate.cert };
}

test('a tunnel is kept for its server, and opened anew for another', async () => {
  const proxy = await proxyServer();
  const [one, other] = [await secureService(), await secureService()];
  const client = newClient({
    proxy: { host: '127.0.0.1', port: proxy.port },
    httpsAgent: new https.Agent({ ca: one.ca }),
  });

  for (const { url } of [one, one, other, one, other]) await client.get(url);

  expect(proxy.tunnels.map(({ target }) => target)).toEqual([`localhost:${one.port}`, `localhost:${other.port}`]);
  expect(proxy.sockets.size).toBe(2);
  client.close();
  await until(() => proxy.sockets.size === 0);
});

test('interim responses of the proxy do not count: the tunnel is open after the final one', async () => {
  const proxy = await proxyServer({ interim: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n' });
  const api = await secureService();
  const client = newClient({
    proxy: { host: '127.0.0.1', port: proxy.port },
    httpsAgent: new https.Agent({ ca: api.ca }),
  });

  for (let call = 0; call < 2; call++) await expect(client.get(api.url)).resolves.toMatchObject({ data: 'ok' });

  expect(proxy.tunnels).toHaveLength(1);
  client.close();
  await until(() => proxy.sockets.size === 0);
});

test('a proxy that switches protocols refuses the tunnel', async () => {
  const proxy = await proxyServer({ refusal: () => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n' });
  const client = newClient({ proxy: { host: '127.0.0.1', port: proxy.port } });

  await expect(client.get('https://localhost:1/')).rejects.toMatchObject({ code: 'PROXY_REFUSED' });
});

test('one connection to the proxy carries the http requests for all servers', async () => {
  const proxy = await proxyServer();
  const client = newClient({ proxy: { host: '127.0.0.1', port: proxy.port } });

  for (const api of [await service(), await service()]) await client.get(api.url);

  expect(proxy.requests).toHaveLength(2);
  expect(proxy.sockets.size).toBe(1);
});

test('a tunnel without checks is not used for a call with them', async () => {
  const proxy = await proxyServer();
  const api = await secureService();
  const client = newClient({ proxy: { host: '127.0.0.1', port: proxy.port } });

  await client.get(api.url, { httpsAgent: new https.Agent({ ca: api.ca, checkServerIdentity: () => undefined }) });

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'CERTIFICATE_INVALID' });
});

test('a tunnel that one user of the proxy opened is not used for another', async () => {
  const proxy = await proxyServer();
  const api = await secureService();
  const client = newClient({ httpsAgent: new https.Agent({ ca: api.ca }) });
  const as = async (username: string): Promise<unknown> =>
    client.get(api.url, { proxy: { host: '127.0.0.1', port: proxy.port, auth: { username, password: '' } } });

  for (const name of ['a', 'b', 'a']) await as(name);

  expect(proxy.tunnels).toHaveLength(2);
});

test('an idle tunnel that was cut is replaced, and the request replayed at once', async () => {
  const proxy = await proxyServer();
  const api = await secureService();
  const httpsAgent = new https.Agent({ ca: api.ca });
  const client = newClient({ proxy: { host: '127.0.0.1', port: proxy.port }, httpsAgent });
  await client.get(api.url);

  const call = client.get(api.url);
  // Before anything else can happen: as if the proxy had cut it while the request was on its way.
  for (const socket of proxy.sockets) socket.resetAndDestroy();

  await expect(call).resolves.toMatchObject({ status: 200, retries: 0 });
  expect(proxy.tunnels).toHaveLength(2);
});

describe('a proxy over https', () => {
  test('carries http and https', async () => {
    const proxy = await proxyServer({ certificate: await certificateFor('localhost') });
    const secure = await secureService();
    const plain = await service();
    const { cert } = await certificateFor('localhost');
    const client = newClient({
      proxy: { protocol: 'https', host: 'localhost', port: proxy.port },
      httpsAgent: new https.Agent({ ca: cert }),
    });

    for (const url of [secure.url, `${plain.url}/x`]) await client.get(url);

    expect(proxy.tunnels.map(({ target }) => target)).toEqual([`localhost:${secure.port}`]);
    expect(proxy.requests).toMatchObject([{ target: `${plain.url}/x`, headers: { host: new URL(plain.url).host } }]);
  });

  test.each(['http', 'https'])('whose certificate is not trusted gets no %s request', async (scheme) => {
    const proxy = await proxyServer({ certificate: await certificateFor('localhost') });
    const client = newClient({ proxy: { protocol: 'https:', host: 'localhost', port: proxy.port }, retryAttempts: 2 });

    await expect(client.get(`${scheme}://localhost:1`, { token: 'abc' })).rejects.toMatchObject({
      name: 'SSLError',
      code: 'CERTIFICATE_INVALID',
      retries: 0,
      message: expect.stringContaining(`the proxy https://localhost:${proxy.port} failed`) as string,
    });
    expect([proxy.tunnels, proxy.requests]).toEqual([[], []]);
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

(hasIPv6 ? test : test.skip).each(['::1', '[::1]'])('a proxy may have the IPv6 address %s', async (host) => {
  const proxy = await proxyServer({ host: '::1' });
  const plain = await service();
  const secure = await secureService();
  const client = newClient({ proxy: { host, port: proxy.port }, httpsAgent: new https.Agent({ ca: secure.ca }) });

  for (const { url } of [plain, secure]) await client.get(url);

  expect([proxy.requests.length, proxy.tunnels.length]).toEqual([1, 1]);
});

test('the tunnel to an IPv6 address is asked for in brackets', async () => {
  const proxy = await proxyServer({ refusal: () => 'HTTP/1.1 403 No\r\n\r\n' });
  const client = newClient({ proxy: { host: '127.0.0.1', port: proxy.port } });

  await expect(client.get('https://[::1]/')).rejects.toMatchObject({ code: 'PROXY_REFUSED' });

  expect(proxy.tunnels).toMatchObject([{ target: '[::1]:443', headers: { host: '[::1]:443' } }]);
});

test("the caller's Proxy-Authorization is for the proxy alone", async () => {
  const proxy = await proxyServer();
  const api = await secureService();
  const client = newClient({
    proxy: { host: '127.0.0.1', port: proxy.port },
    httpsAgent: new https.Agent({ ca: api.ca }),
  });

  await client.get(api.url, { headers: { 'proxy-authorization': 'Basic abc' } });

  expect(proxy.tunnels).toMatchObject([{ headers: { 'proxy-authorization': 'Basic abc' } }]);
  expect(api.requests[0]).not.toMatch(/proxy-authorization/i);
});

describe('an agent or dispatcher of the caller', () => {
  test("that hands on a proxy's refusal as the response is not believed", async () => {
    const refusing = await rawService((socket) => socket.end('HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\n{}'));
    const agent = new https.Agent();
    // As https-proxy-agent does: a socket without TLS, from which the response of the proxy is read.
    agent.createConnection = () => net.connect(refusing.port, '127.0.0.1');
    const client = newClient({ httpsAgent: agent, retryAttempts: 2 });

    await expect(client.getJson('https://bank.test/')).rejects.toMatchObject({ code: 'PROXY_REFUSED', retries: 0 });
  });

  test.each([
    [407, 'PROXY_REFUSED', 1],
    [502, 'PROXY_UNAVAILABLE', 2],
  ])("undici's own ProxyAgent: a refusal with %i", async (status, code, attempts) => {
    const proxy = await proxyServer({ refusal: () => `HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n` });
    const dispatcher = new ProxyAgent(proxy.url);
    const client = newClient({ transport: undici({ dispatcher }), retryAttempts: 1, retry: { base: 0.001 } });

    await expect(client.get('https://bank.test/')).rejects.toMatchObject({ name: 'ConnectionError', code });
    expect(proxy.tunnels).toHaveLength(attempts);
    await dispatcher.close();
  });
});
