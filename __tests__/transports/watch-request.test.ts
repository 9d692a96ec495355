import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTPClient, type RequestEnd } from '../../src/index';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { proxyServer } from '../support/proxy';
import { rawService } from '../support/raw-service';
import { requestEnds, stepsOf } from '../support/request-ends';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

function only(ends: readonly RequestEnd[]): RequestEnd {
  const [end, ...others] = ends;
  if (!end || others.length > 0) throw new Error(`expected one request, got ${ends.length}`);
  return end;
}

describe.each(WAYS)('over %s', (_, options) => {
  test('a name is looked up, an IP address is not', async () => {
    const { url, port } = await service();
    const client = new HTTPClient({ ...options, httpAgent: new http.Agent() });
    const ends = requestEnds();

    await client.get(url);
    await client.get(`http://localhost:${port}/`, { family: 4 });

    expect(ends.map(stepsOf)).toEqual(['queued connect sent wait receive', 'queued dns connect sent wait receive']);
    const facts = { reused: false, address: '127.0.0.1', port, protocol: '1.1' };
    expect(ends.map(({ connection }) => connection)).toEqual([facts, facts]);
  });

  test('a kept connection is neither looked up nor opened', async () => {
    const api = await service();
    const client = new HTTPClient({ baseURL: api.url, httpAgent: new http.Agent({ keepAlive: true }) });
    const ends = requestEnds();

    await client.get('/', options);
    await client.get('/', options);

    expect(ends.map(stepsOf)).toEqual(['queued connect sent wait receive', 'queued sent wait receive']);
    expect(ends.map(({ connection }) => connection?.reused)).toEqual([false, true]);
  });

  test('TLS is a step', async () => {
    const { key, cert } = await certificateFor('localhost');
    const api = await rawService((socket) => socket.write(OK), { key, cert });
    const client = new HTTPClient({ httpsAgent: new https.Agent({ ca: cert }) });
    const ends = requestEnds();

    await client.get(`https://localhost:${api.port}`, { ...options, family: 4 });

    expect(stepsOf(only(ends))).toBe('queued dns connect tls sent wait receive');
  });

  test('a request that waits for the only socket of an agent is queued, and does not open its connection', async () => {
    const api = await service([{ delay: 200 }, {}]);
    const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const client = new HTTPClient({ baseURL: api.url, httpAgent });
    const ends = requestEnds();

    await Promise.all([client.get('/', options), client.get('/', options)]);

    const [, second] = ends;
    expect(second && stepsOf(second)).toBe('queued sent wait receive');
    expect(second?.connection?.reused).toBe(true);
    // Seconds. It may have begun some time after the first one.
    expect(second?.timings?.queued).toBeGreaterThan(0.1);
    httpAgent.destroy();
  });

  test('a lookup that calls back at once takes no time, and is no step', async () => {
    const { port } = await service();
    const client = new HTTPClient(options);
    const ends = requestEnds();

    await client.get(`http://api.test:${port}/`, {
      ...options,
      lookup: (_name: string, _options: object, done: (error: null, address: string, family: 4) => void) => {
        done(null, '127.0.0.1', 4);
      },
    });

    expect(stepsOf(only(ends))).toBe('queued connect sent wait receive');
  });

  test('of several addresses, the one that connects counts', async () => {
    const { port } = await service();
    const addresses: LookupAddress[] = [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ];
    const lookup = (_name: string, _options: object, done: (error: null, found: LookupAddress[]) => void): void => {
      setImmediate(done, null, addresses);
    };
    const client = new HTTPClient();
    const ends = requestEnds();

    await client.get(`http://api.test:${port}/`, { ...options, lookup: lookup as never });

    expect(stepsOf(only(ends))).toBe('queued dns connect sent wait receive');
    expect(only(ends).connection?.address).toBe('127.0.0.1');
  });

  test('the protocol is that of the response', async () => {
    const api = await rawService((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n'));
    const ends = requestEnds();

    await new HTTPClient().get(api.url, options);

    expect(only(ends).connection?.protocol).toBe('1.0');
  });

  test.each(['http', 'https'])(
    'through a proxy to %s, the peer is the proxy, whose name is looked up',
    async (scheme) => {
      const { key, cert } = await certificateFor('localhost');
      const isSecure = scheme === 'https';
      const { port } = await rawService((socket) => socket.write(OK), isSecure ? { key, cert } : undefined);
      const proxy = await proxyServer();
      const client = new HTTPClient({ httpsAgent: new https.Agent({ ca: cert }) });
      const ends = requestEnds();

      await client.get(`${scheme}://localhost:${port}/`, {
        ...options,
        family: 4,
        proxy: { host: 'localhost', port: proxy.port },
      });

      const end = only(ends);
      expect(stepsOf(end)).toBe(`queued dns connect ${isSecure ? 'tls ' : ''}sent wait receive`);
      expect(end.connection).toEqual({ reused: false, address: '127.0.0.1', port: proxy.port, protocol: '1.1' });
    },
  );

  test('a connection through a proxy that is kept is reused', async () => {
    const { key, cert } = await certificateFor('localhost');
    const { port } = await rawService((socket) => socket.write(OK), { key, cert });
    const proxy = await proxyServer();
    const httpsAgent = new https.Agent({ ca: cert, keepAlive: true });
    const client = new HTTPClient({ httpsAgent, proxy: { host: '127.0.0.1', port: proxy.port } });
    const ends = requestEnds();

    await client.get(`https://localhost:${port}/`, options);
    await client.get(`https://localhost:${port}/`, options);

    // axios's own adapter keeps none.
    const isKept = ends[0]?.request.transport === 'http';
    expect(ends.map(({ connection }) => connection?.reused)).toEqual([false, isKept]);
  });

  test('a refused connection has the steps up to it, and no connection', async () => {
    const api = await service();
    await api.close();
    const ends = requestEnds();

    await failure(new HTTPClient({ retryAttempts: 0 }).get(api.url, options));

    const end = only(ends);
    expect(end.error?.code).toBe('CONNECTION_REFUSED');
    expect(stepsOf(end)).toBe('queued connect');
    expect(end.connection).toBeUndefined();
  });

  test('a name that is not found ends with its lookup', async () => {
    const lookup = (_name: string, _options: object, done: (error: Error) => void): void => {
      setImmediate(done, Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    };
    const ends = requestEnds();

    await failure(
      new HTTPClient({ retryAttempts: 0 }).get('http://api.test/', { ...options, lookup: lookup as never }),
    );

    expect(stepsOf(only(ends))).toBe('queued dns');
  });
});

test('over a Unix socket, the peer is its path', async () => {
  const socketPath = join(tmpdir(), `watch-request-${process.pid}.sock`);
  const server = http.createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const ends = requestEnds();

  await new HTTPClient().get('http://localhost/', { socketPath });

  expect(stepsOf(only(ends))).toBe('queued connect sent wait receive');
  expect(only(ends).connection).toEqual({ reused: false, address: socketPath, port: undefined, protocol: '1.1' });
  await new Promise((resolve) => server.close(resolve));
});
