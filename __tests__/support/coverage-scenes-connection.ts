import http from 'node:http';
import http2, { type ServerHttp2Session } from 'node:http2';
import https from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HTTPClient, RequestOptions } from '../../src/index';
import { certificateFor } from './certificates';
import type { Scenes } from './coverage-scenes';
import { failure } from './outcome';
import { rawService } from './raw-service';
import { service } from './service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Of the connection. */
const ofConnections: Scenes = {
  httpAgent: async (client) => {
    const api = await service();
    await client.get(api.url, { httpAgent: new http.Agent({ keepAlive: false }) });
    expect(api.requests[0]?.headers.connection).toBe('close');
    return api.requests;
  },
  httpsAgent: async (client) => {
    const { key, cert } = await certificateFor('127.0.0.1');
    const raw = await rawService((socket) => socket.end(OK), { key, cert });
    const { data } = await client.get(raw.url, { httpsAgent: new https.Agent({ ca: cert }) });
    expect(data).toBe('ok');
    return raw.requests;
  },
  family: async (client) => {
    const api = await service();
    const families: unknown[] = [];
    const lookup = (
      _: string,
      { family }: { family?: unknown },
      done: (error: null, address: string) => void,
    ): void => {
      families.push(family);
      done(null, '127.0.0.1');
    };
    await client.get(`http://user-service:${api.port}`, { lookup: lookup, family: 4 });
    expect(families).toEqual([4]);
    return api.requests;
  },
  lookup: async (client) => {
    const api = await service();
    const byCallback = ((_: string, __: object, done: (error: null, address: string) => void): void => {
      done(null, '127.0.0.1');
    }) as NonNullable<RequestOptions['lookup']>;
    await client.get(`http://user-service:${api.port}`, { lookup: byCallback });
    await client.get(`http://user-service:${api.port}`, { lookup: () => Promise.resolve('127.0.0.1') });
    return api.requests;
  },
  insecureHTTPParser: async (client) => {
    const raw = await rawService((socket) => socket.end(OK.replace('\r\n\r\n', '\r\nX-Odd: a\x01b\r\n\r\n')));
    expect((await client.get(raw.url, { insecureHTTPParser: true })).data).toBe('ok');
    return raw.requests;
  },
  maxHeaderSize: async (client) => {
    const api = await service([{ headers: { 'X-Long': 'x'.repeat(2000) } }]);
    const options = { maxHeaderSize: 1000, responseType: 'text' } as const;
    expect(await failure(client.get(api.url, options))).toMatchObject({ code: 'HEADERS_TOO_LARGE' });
    return api.requests;
  },
  socketPath: (client) => overSocket(client, (socketPath) => ({ socketPath })),
  allowedSocketPaths: (client) =>
    overSocket(client, (socketPath) => ({ socketPath, allowedSocketPaths: [socketPath] })),
  httpVersion: (client) => overHTTP2(client, {}),
  http2Options: async (client) => {
    let connections = 0;
    const createConnection = ({ port, hostname }: URL): net.Socket => {
      connections++;
      return net.connect(Number(port), hostname);
    };
    const seen = await overHTTP2(client, { createConnection });
    expect(connections).toBe(1);
    return seen;
  },
};

async function overSocket(client: HTTPClient, options: (path: string) => RequestOptions): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'http-client-'));
  const path = join(folder, 'api.sock');
  const seen: unknown[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request.url);
    response.end('from the socket');
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    expect((await client.get('http://nowhere/things', options(path))).data).toBe('from the socket');
    const refused = { socketPath: path, allowedSocketPaths: ['/other.sock'] };
    await failure(client.get('http://nowhere/things', refused));
    expect(seen).toEqual(['/things']);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  }
  return seen;
}

async function overHTTP2(client: HTTPClient, http2Options: object): Promise<readonly unknown[]> {
  const seen: string[] = [];
  const sessions: ServerHttp2Session[] = [];
  const server = http2.createServer((request, response) => {
    seen.push(request.httpVersion);
    response.end('ok');
  });
  server.on('session', (session) => sessions.push(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { data } = await client.get(url, { httpVersion: 2, http2Options: { ...http2Options, sessionTimeout: 10 } });
    expect(data).toBe('ok');
    expect(seen).toEqual(['2.0']);
  } finally {
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  return seen;
}

/** axios tells of progress when it finds the time, after the call too. */
function inFuture(): { readonly told: Promise<unknown>; readonly tell: (what: unknown) => void } {
  let tell: (what: unknown) => void = () => undefined;
  const told = new Promise((resolve) => (tell = resolve));
  return { told, tell };
}

/** Of what axios's own adapter alone does. */
const ofAdapters: Scenes = {
  proxy: async (client) => {
    const proxy = await service([{ body: 'through the proxy' }]);
    await client.get('http://user-service/things', { proxy: { host: '127.0.0.1', port: proxy.port } });
    expect(proxy.requests[0]?.url).toBe('http://user-service/things');
    return proxy.requests;
  },
  onUploadProgress: async (client) => {
    const api = await service();
    const progress = inFuture();
    await client.post(api.url, { data: 'x'.repeat(100), onUploadProgress: progress.tell });
    expect(await progress.told).toMatchObject({ loaded: 100 });
    return api.requests;
  },
  onDownloadProgress: async (client) => {
    const api = await service([{ body: 'x'.repeat(100) }]);
    const progress = inFuture();
    await client.get(api.url, { onDownloadProgress: progress.tell });
    expect(await progress.told).toMatchObject({ loaded: 100 });
    return api.requests;
  },
  maxRate: async (client) => {
    const api = await service();
    // axios counts in windows of half a second: what is above the rate of one waits for the next.
    const { elapsed } = await client.post(api.url, { data: 'x'.repeat(1500), maxRate: 2000 });
    expect(elapsed).toBeGreaterThan(0.2);
    expect(api.requests[0]?.body).toHaveLength(1500);
    return api.requests;
  },
  maxBodyLength: async (client) => {
    const api = await service();
    await client.post(api.url, { data: 'short', maxBodyLength: 10 });
    const error = await failure(client.post(api.url, { data: 'x'.repeat(11), maxBodyLength: 10 }));
    expect(error).toMatchObject({ code: 'INVALID_BODY' });
    return api.requests;
  },
  beforeRedirect: async (client) => {
    const api = await service([{ status: 302, headers: { location: '/next' } }, {}]);
    const seen: unknown[] = [];
    await client.get(api.url, { beforeRedirect: (options) => seen.push(options['path']) });
    expect(seen).toEqual(['/next']);
    return api.requests;
  },
  adapter: async (client) => {
    const api = await service();
    const adapter: RequestOptions['adapter'] = (config) =>
      Promise.resolve({ data: 'its own', status: 200, statusText: 'OK', headers: {}, config });
    expect((await client.get(api.url, { adapter })).data).toBe('its own');
    return api.requests;
  },
};

export const CONNECTION_SCENES: Scenes = { ...ofConnections, ...ofAdapters };
