import http, { type IncomingMessage } from 'node:http';
import http2, { type Http2Server } from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { failure, timers } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const viaAxios = { onDownloadProgress: (): void => undefined };
const client = new HTTPClient({ retryAttempts: 0, timeout: 2, ...viaAxios });

describe('how far an attempt got', () => {
  test('no connection: connect, and not sent', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const error = await failure(client.post(`https://127.0.0.1:${port}`, { timeout: 0.1 }));

    expect(error).toMatchObject({ code: 'TIMEOUT', phase: 'connect', sent: 'no' });
    server.close();
  });

  test('no response: headers, and perhaps sent', async () => {
    const api = await rawService(() => undefined);

    expect(await failure(client.post(api.url, { timeout: 0.4 }))).toMatchObject({ phase: 'headers', sent: 'maybe' });
  });

  test('half a response: body, and sent', async () => {
    const api = await rawService((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));

    expect(await failure(client.post(api.url, { timeout: 0.4 }))).toMatchObject({ phase: 'body', sent: 'yes' });
  });

  test('a reused connection that dies: headers, and perhaps sent', async () => {
    const httpAgent = new http.Agent({ keepAlive: true });
    const api = await rawService((socket, number) => {
      if (number === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.resetAndDestroy();
    });
    await client.get(api.url, { httpAgent });

    expect(await failure(client.post(api.url, { httpAgent }))).toMatchObject({
      code: 'CONNECTION_RESET',
      phase: 'headers',
      sent: 'maybe',
    });
    httpAgent.destroy();
  });
});

test.each([303, 307, 200])('a %i that comes before the end of an upload closes its source', async (status) => {
  const api = await rawService((socket, number) => {
    const head = number === 1 ? `HTTP/1.1 ${status} Whatever\r\nLocation: /next` : 'HTTP/1.1 200 OK';
    socket.write(`${head}\r\nContent-Length: 2\r\n\r\nok`);
  });
  const sources: Readable[] = [];
  const data = (): Readable => {
    // It never ends.
    const source = new Readable({ read: () => undefined });
    source.push('part');
    sources.push(source);
    return source;
  };

  await client.post(api.url, { data });

  const open = sources.filter(({ destroyed }) => !destroyed);
  expect([sources.length, open.length]).toEqual([status === 307 ? 2 : 1, 0]);
});

test('what a response says beyond its length does it no harm', async () => {
  const api = await rawService((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokstray'));

  expect((await client.get(api.url)).data).toBe('ok');
});

test('a body that is not valid HTTP is a PROTOCOL_ERROR, and not retried', async () => {
  const api = await rawService((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n');
  });

  const error = await failure(new HTTPClient({ ...viaAxios, retry: { base: 0.001 } }).get(api.url));

  expect(error).toMatchObject({ code: 'PROTOCOL_ERROR', phase: 'body', retries: 0 });
});

test('a header that is not set is not added', async () => {
  const api = await rawService((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));

  await client.get(api.url, { decompress: false });

  expect(api.requests[0]).not.toMatch(/accept-encoding|axios/i);
});

test('a body stream that fails is INVALID_BODY', async () => {
  const api = await service([{ handle: () => undefined }]);
  const data = new Readable({
    read() {
      this.destroy(new Error('no more'));
    },
  });

  expect(await failure(client.post(api.url, { data }))).toMatchObject({ code: 'INVALID_BODY', sent: 'maybe' });
});

test('an option that axios refuses is INVALID_OPTION, and not retried', async () => {
  const api = await service();
  const bold = new HTTPClient({ retry: { base: 0.001 } });

  const error = await failure(bold.get(api.url, { socketPath: '/tmp/x.sock', allowedSocketPaths: ['/tmp/y.sock'] }));

  expect(error).toMatchObject({ code: 'INVALID_OPTION', retries: 0 });
});

test('a stream has back-pressure, and its end frees everything', async () => {
  const before = timers();
  const api = await service([{ body: 'x'.repeat(1_000_000) }]);

  const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });

  expect(await text(data)).toHaveLength(1_000_000);
  expect(timers()).toBeLessThanOrEqual(before);
});

test('a call that is cancelled while its response arrives leaves no connection', async () => {
  const caller = new AbortController();
  const api = await rawService((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
    setTimeout(() => {
      caller.abort();
    }, 20);
  });

  expect(await failure(client.get(api.url, { signal: caller.signal }))).toMatchObject({ code: 'CANCELLED' });
  for (let turn = 0; turn < 100 && api.sockets.size > 0; turn++) await new Promise((wake) => setTimeout(wake, 2));
  expect(api.sockets.size).toBe(0);
});

test("a `transport` of axios carries the request, and redirects are the client's", async () => {
  const api = await service([{ status: 302, headers: { location: '/end' } }, { body: 'end' }]);
  const request = jest.fn((options: http.RequestOptions, onResponse: (response: IncomingMessage) => void) => {
    return http.request(options, onResponse);
  });
  const options = { transport: { request } } as AxiosRequestConfig;

  const response = await client.axios.get<string>(api.url, options);

  expect(response.data).toBe('end');
  expect(request).toHaveBeenCalledTimes(2);
});

test('a redirect goes over the same unix socket or proxy, through which the first request went', async () => {
  const proxy = await service(({ url }) =>
    url.endsWith('/end') ? { body: 'end' } : { status: 302, headers: { location: 'http://other.invalid/end' } },
  );

  const response = await client.get('http://api.invalid/start', { proxy: { host: '127.0.0.1', port: proxy.port } });

  expect(response.data).toBe('end');
  expect(response.url).toBe('http://other.invalid/end');
  expect(proxy.requests.map(({ url }) => url)).toEqual(['http://api.invalid/start', 'http://other.invalid/end']);
});

describe('HTTP/2', () => {
  let server: Http2Server;
  const sessions = new Set<http2.ServerHttp2Session>();
  let url = '';

  beforeAll(async () => {
    server = http2.createServer();
    server.on('session', (session) => sessions.add(session));
    server.on('stream', (stream, headers) => {
      if (headers[':path'] === '/moved') stream.respond({ ':status': 302, location: '/end' }, { endStream: true });
      else if (headers[':path'] === '/conflict') {
        stream.respond({ ':status': 409 });
        stream.end('why');
      } else stream.respond({ ':status': 200 });
      if (!stream.writableEnded) stream.pipe(stream);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('follows redirects, sends streams, and reports statuses', async () => {
    const h2 = new HTTPClient({ retryAttempts: 0, timeout: 2, httpVersion: 2 });

    expect(await h2.get(`${url}/moved`)).toMatchObject({ status: 200, url: `${url}/end` });
    expect((await h2.post(`${url}/echo`, { data: Readable.from(['a', 'b']) })).data).toBe('ab');
    expect(await failure(h2.get(`${url}/conflict`))).toMatchObject({ status: 409, sent: 'yes' });
  });

  test('says that nothing was sent where the connection is refused', async () => {
    const h2 = new HTTPClient({ retryAttempts: 0, timeout: 2, httpVersion: 2 });

    expect(await failure(h2.get('http://127.0.0.1:1/'))).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'no' });
  });
});
