import http from 'node:http';
import net from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const clients: HTTPClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function newClient(options?: ConstructorParameters<typeof HTTPClient>[0]): HTTPClient {
  const client = new HTTPClient({ retryAttempts: 0, timeout: 3, ...options });
  clients.push(client);
  return client;
}

/** Waits for something that another process or socket does in its own time. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1000 && !(await condition()); turn++) await wait(2);
  expect(await condition()).toBe(true);
}

describe('connections', () => {
  test('one carries any number of calls that follow each other', async () => {
    const raw = await rawService((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    const opened = new Set<number | undefined>();
    const client = newClient();

    for (let turn = 0; turn < 10; turn++) {
      const { request } = await client.post(raw.url, { json: { turn } });
      opened.add((request as http.ClientRequest).socket?.localPort);
    }

    expect(raw.requests).toHaveLength(10);
    expect(opened.size).toBe(1);
    expect(raw.sockets.size).toBe(1);
  });

  test('calls at the same time have one each', async () => {
    const api = await service([{ delay: 30 }]);
    const client = newClient();

    await Promise.all([client.get(api.url), client.get(api.url), client.get(api.url)]);

    expect(await api.connections()).toBe(3);
  });

  test('one whose request timed out is not used again', async () => {
    const api = await service([{ delay: 1000, body: 'late' }, { body: 'right' }]);
    const client = newClient();

    await expect(client.get(api.url, { timeout: 0.3 })).rejects.toMatchObject({ code: 'TIMEOUT', phase: 'headers' });

    expect((await client.get(api.url)).data).toBe('right');
    await until(async () => (await api.connections()) === 1);
  });

  test('close ends those that are idle and lets calls in flight finish', async () => {
    const api = await service([{ body: 'idle' }, { body: 'in flight', delay: 100 }]);
    const [client, idle] = [newClient(), newClient()];
    await idle.get(api.url);
    const inFlight = client.get(api.url);
    await until(() => api.requests.length === 2);

    client.close();
    idle.close();

    await until(async () => (await api.connections()) === 1);
    expect((await inFlight).data).toBe('in flight');
    await until(async () => (await api.connections()) === 0);
    expect((await client.get(api.url)).status).toBe(200);
  });

  test('an agent of the caller carries the request', async () => {
    const api = await service();
    const connections: unknown[] = [];
    const connect = (): net.Socket => {
      const socket = net.connect(api.port, '127.0.0.1');
      connections.push(socket);
      return socket;
    };
    const httpAgent = Object.assign(new http.Agent(), { createConnection: connect });

    await newClient({ httpAgent }).get('http://user-service:8000/users');

    expect(connections).toHaveLength(1);
    expect(api.requests[0]).toMatchObject({ url: '/users', headers: { host: 'user-service:8000' } });
  });

  test('a lookup of the caller finds the address', async () => {
    const api = await service();
    const asked: string[] = [];

    await newClient().get(`http://user-service:${api.port}`, {
      lookup: (name: string, _: object, done: (error: null, address: { address: string; family: 4 }[]) => void) => {
        asked.push(name);
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });

    expect(asked).toEqual(['user-service']);
    expect(api.requests[0]?.headers.host).toBe(`user-service:${api.port}`);
  });

  test('an IPv6 address may stand in the URL', async () => {
    const server = http.createServer((request, response) => response.end(request.headers.host));
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => { resolve(false); }).listen(0, '::1', () => { resolve(true); }); // prettier-ignore
    });
    // Some machines have no IPv6; they have nothing to tell here.
    if (!listening) return;
    const { port } = server.address() as net.AddressInfo;

    const { data } = await newClient()
      .get(`http://[::1]:${port}/`)
      .finally(() => server.close());

    expect(data).toBe(`[::1]:${port}`);
  });
});

describe('a body that is sent', () => {
  test.each(['GET', 'DELETE', 'HEAD', 'OPTIONS', 'POST'])('is framed in a %s as well', async (method) => {
    const api = await service();
    const client = newClient();
    const data = (): Readable => Readable.from([Buffer.from('streamed')]);

    await client.request(method, api.url, { data: 'text' });
    await client.request(method, api.url, { data: Buffer.from('bytes') });
    await client.request(method, api.url, { data });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['text', 'bytes', 'streamed']);
    expect(api.requests.map(({ headers }) => headers['content-length'])).toEqual(['4', '5', undefined]);
    expect(await api.connections()).toBe(1);
  });

  test('that is a stream which fails is told as its own failure', async () => {
    const api = await service();
    const cause = new Error('disk on fire');
    const data = new Readable({
      read() {
        this.push('first');
        this.destroy(cause);
      },
    });

    const failure = newClient({ retryAttempts: 3 }).post(api.url, { data });

    await expect(failure).rejects.toMatchObject({
      name: 'InvalidRequest',
      code: 'INVALID_BODY',
      message: expect.stringContaining('the body stream failed: disk on fire') as string,
      retries: 0,
    });
    await expect(failure).rejects.toHaveProperty('cause', cause);
    await until(async () => (await api.connections()) === 0);
  });

  test('is given up when the answer comes early', async () => {
    let received = 0;
    const server = http.createServer((request, response) => {
      request.once('data', (chunk: Buffer) => {
        received += chunk.length;
        request.pause();
        response.writeHead(413).end('too much');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const data = new Readable({
      read() {
        setImmediate(() => this.push(Buffer.alloc(65_536)));
      },
    });

    const failure = newClient().post(`http://127.0.0.1:${port}`, { data });

    await expect(failure).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 413, response: { data: 'too much' } });
    await until(() => data.destroyed);
    expect(received).toBeGreaterThan(0);
    server.closeAllConnections();
    server.close();
  });

  test('that is a stream is destroyed when the attempt times out', async () => {
    const api = await service();
    const data = new Readable({ read: () => undefined });

    await expect(newClient().post(api.url, { data, timeout: 0.03 })).rejects.toMatchObject({ code: 'TIMEOUT' });

    await until(() => data.destroyed);
    await until(async () => (await api.connections()) === 0);
  });
});

test('an agent that puts something else in the place of http.request sees the request', async () => {
  const api = await service();
  const { request } = http;
  const seen: unknown[] = [];
  http.request = ((options: http.RequestOptions) => {
    seen.push(options.path);
    return request(options);
  }) as typeof http.request;

  await newClient()
    .get(`${api.url}/traced?a=1`)
    .finally(() => {
      http.request = request;
    });

  expect(seen).toEqual(['/traced?a=1']);
});

test('options of the parser go to it', async () => {
  const large = await rawService((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\nX-Large: ${'x'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n`);
  });
  const client = newClient();

  await expect(client.get(large.url)).rejects.toMatchObject({ code: 'HEADERS_TOO_LARGE' });
  expect((await client.get(large.url, { maxHeaderSize: 65_536 } as object)).status).toBe(200);
});
