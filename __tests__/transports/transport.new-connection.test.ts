import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { httpTransport } from '../../src/transports/http';
import type { Transport, WireRequest } from '../../src/transports/transport';
import { undici } from '../../src/transports/undici';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Sends a request, and waits for its end. */
async function send(transport: Transport, url: string, newConnection: boolean): Promise<void> {
  const request: WireRequest = {
    ...{ method: 'GET', url: new URL(url), headers: {}, body: undefined, connection: {}, newConnection },
  };
  return new Promise((resolve, reject) => {
    const events = { head: () => undefined, data: () => undefined, end: resolve, error: reject };
    transport.dispatch(request, events);
  });
}

describe.each<[string, () => Transport]>([
  ['http', httpTransport],
  ['undici', undici],
])('%s', (_, make) => {
  test('a request that needs a new connection gets one, which is closed after it', async () => {
    const ports: (number | undefined)[] = [];
    const connections: (string | undefined)[] = [];
    const api = await service(({ headers }) => ({
      handle: (request, response) => {
        ports.push(request.socket.remotePort);
        connections.push(headers.connection);
        response.end('ok');
      },
    }));
    const transport = make();
    closing.push(() => {
      transport.close();
    });

    for (const newConnection of [false, false, true, true, false]) {
      await send(transport, api.url, newConnection);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }

    const [first, second, third, fourth, fifth] = ports;
    expect([second, fifth]).toEqual([first, first]);
    expect(new Set([first, third, fourth]).size).toBe(3);
    expect(connections.map((text) => text === 'close')).toEqual([false, false, true, true, false]);
  });

  test.each([
    ['a stale connection', 30, (n: number) => n > 1 && 'reset'],
    ['a 408 that closes the connection', 30, (n: number) => n > 1 && 408],
    ['a timeout', 1.5, (n: number) => n > 1 && 'silence'],
  ])('what follows %s goes over a new connection, although others are idle', async (_name, timeout, behaviour) => {
    const counts = new Map<number | undefined, number>();
    const api = await service(() => ({
      handle: (request, response) => {
        const port = request.socket.remotePort;
        counts.set(port, (counts.get(port) ?? 0) + 1);
        const how = behaviour(counts.get(port) ?? 0);
        if (how === 'reset') request.socket.resetAndDestroy();
        else if (how === 408) response.writeHead(408, { connection: 'close' }).end();
        else if (how !== 'silence') response.end('ok');
      },
    }));
    const client = new HTTPClient({ transport: make(), timeout, retry: { base: 0.001 } });
    closing.push(() => {
      client.close();
    });
    await Promise.all(Array.from({ length: 10 }, async () => client.get(api.url, { timeout: 30 })));

    const { status, config } = await client.get(api.url);

    expect(status).toBe(200);
    expect(config.call?.attempts).toHaveLength(2);
  });
});

/** Finds the server for one connection; from then on, the process has too many files open. */
function opensOne(): NonNullable<HTTPClientOptions['lookup']> {
  let count = 0;
  return (_host, _options, done) => {
    const error = ++count > 1 ? Object.assign(new Error('connect EMFILE'), { code: 'EMFILE' }) : null;
    done(error, '127.0.0.1', 4);
  };
}

test.each<[string, HTTPClientOptions, number]>([
  ['over http, one that had no turn', { connections: { perOrigin: 1 } }, 0.2],
  ['over undici, one that had no turn', { connections: { perOrigin: 1 }, transport: undici() }, 0.2],
  ['one that could not be opened', { lookup: opensOne() }, 30],
])('what follows a connection that never was takes one that is idle by then: %s', async (_, options, timeout) => {
  const ports = new Set<number | undefined>();
  const held: (() => void)[] = [];
  const api = await service(() => ({
    handle: (request, response) => {
      ports.add(request.socket.remotePort);
      if (request.url === '/held') held.push(() => response.end('ok'));
      else response.end('ok');
    },
  }));
  const release = (): void => {
    for (const respond of held.splice(0)) respond();
  };
  const client = new HTTPClient({ ...options, retry: { base: 0.1, onRetry: release } });
  closing.push(() => {
    client.close();
  });
  // Of an address, nobody looks up anything.
  const url = options.lookup ? api.url.replace('127.0.0.1', 'api.test') : api.url;

  const first = client.get(`${url}/held`, { timeout: 30 });
  const second = await client.get(url, { timeout });

  expect([(await first).retries, second.retries > 0, ports.size]).toEqual([0, true, 1]);
});

test('a request that follows a response has no need of a new connection', async () => {
  const ports = new Set<number | undefined>();
  const api = await service(() => ({
    handle: (request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(503).end();
    },
  }));
  const client = new HTTPClient({ retry: { base: 0.001 } });

  expect(await failure(client.get(api.url))).toMatchObject({ retries: 3 });
  expect(ports.size).toBe(1);
});

describe.each(WAYS)('over %s', (_, way) => {
  test.each<[string, 'get' | 'head', number, object]>([
    ['a HEAD', 'head', 200, { 'content-length': '5' }],
    ['a 204 with a length', 'get', 204, { 'content-length': '5' }],
  ])('%s leaves no connection on which a body may follow', async (_name, verb, status, headers) => {
    const ports = new Set<number | undefined>();
    const api = await service(() => ({
      handle: (request, response) => {
        ports.add(request.socket.remotePort);
        response.writeHead(status, { ...headers }).end();
      },
    }));
    const client = new HTTPClient(way);
    closing.push(() => {
      client.close();
    });

    await client[verb](api.url);
    await client[verb](api.url);

    expect(ports.size).toBe(2);
  });

  test('a retry after a broken connection goes over a new one', async () => {
    const counts = new Map<number | undefined, number>();
    const api = await service(() => ({
      handle: (request, response) => {
        const port = request.socket.remotePort;
        counts.set(port, (counts.get(port) ?? 0) + 1);
        if (counts.get(port) === 1) response.end('ok');
        else request.socket.resetAndDestroy();
      },
    }));
    const client = new HTTPClient({ retry: { base: 0.001 } });
    closing.push(() => {
      client.close();
    });
    await Promise.all(Array.from({ length: 5 }, async () => client.get(api.url, way)));

    const { status, config } = await client.get(api.url, way);

    expect([status, config.call?.attempts.length]).toEqual([200, 2]);
  });
});
