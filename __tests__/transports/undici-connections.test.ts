import { once } from 'node:events';
import { Agent, Pool, type Dispatcher } from 'undici';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { ownConnections } from '../../src/transports/undici-connections';
import type { LinkedClient } from '../../src/transports/undici-exchange';
import type { Link } from '../../src/transports/undici-link';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

const LIMITS = { maxIdle: 1000, maxAge: Infinity, perOrigin: Infinity };

/** A TCP server that answers no TLS handshake: a connection over https begins there, and is never made. */
async function silentService(): Promise<{ readonly url: string; readonly raw: RawService }> {
  const raw = await rawService(() => undefined);
  return { url: raw.url.replace('http:', 'https:'), raw };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isSo(); turn++) await new Promise(setImmediate);
}

describe('connecting', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('may take as long as the timeout, longer than undici would wait', async () => {
    const { url, raw } = await silentService();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    const client = new HTTPClient({ transport: undici(), retryAttempts: 0, timeout: 120 });

    const call = failure(client.get(url));
    await until(() => raw.sockets.size === 1);
    // undici's timers count in steps of half a second.
    for (let second = 0; second < 119; second++) {
      jest.advanceTimersByTime(1000);
      await new Promise(setImmediate);
    }
    expect(raw.sockets.size).toBe(1);
    jest.advanceTimersByTime(1000);

    expect(await call).toMatchObject({ code: 'TIMEOUT', phase: 'connect' });
  });

  test('ends when the call is given up', async () => {
    const { url, raw } = await silentService();
    const client = new HTTPClient({ transport: undici(), retryAttempts: 0, timeout: 0.1 });

    const calls = [failure(client.get(url)), failure(client.get(url))];
    await until(() => raw.sockets.size === 2);
    const errors = await Promise.all(calls);
    await until(() => raw.sockets.size === 0);

    expect(errors.map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT']);
    expect(raw.sockets.size).toBe(0);
  });

  test('of another call to the same host goes on', async () => {
    const raw = await rawService((socket) => socket.write(OK));
    const client = new HTTPClient({ transport: undici(), retryAttempts: 0 });
    const controller = new AbortController();

    const calls = [client.get(raw.url), client.get(raw.url, { signal: controller.signal }), client.get(raw.url)];
    controller.abort();
    const outcomes = await Promise.allSettled(calls);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    client.close();
  });
});

test('the link of a connection that the server closes is given up', async () => {
  const api = await rawService((socket) => socket.end(OK));
  const dispatcher = ownConnections({ ...LIMITS, allowH2: false }).dispatcher as Agent;
  const links: (Link | undefined)[] = [];
  dispatcher.on('connect', (_, targets) => links.push((targets.at(-1) as LinkedClient | undefined)?.link));
  const disconnected = once(dispatcher, 'disconnect');

  const { body } = await dispatcher.request({ origin: api.url, path: '/', method: 'GET' });
  const openBefore = links.map((link) => link?.rules.open.size);
  await body.dump();
  await disconnected;

  expect([openBefore, links.map((link) => link?.rules.open.size)]).toEqual([[1], [0]]);
});

type Harm = 'closed' | 'reset';

/** Breaks the connection of the first request for `/harm`, if it has served another. */
async function impatient(harm: Harm): Promise<RawService> {
  const used = new WeakSet();
  let done = false;
  const api = await rawService((socket) => {
    const isHarm = used.has(socket) && !done && api.requests.at(-1)?.includes(' /harm ');
    used.add(socket);
    if (!isHarm) socket.write(OK);
    else if (harm === 'reset') socket.resetAndDestroy();
    else socket.destroy();
    done ||= isHarm === true;
  });
  return api;
}

/** undici has two connections in turn, one of them in reserve. */
async function warm(client: HTTPClient, url: string): Promise<void> {
  for (let call = 0; call < 4; call++) await client.get(url);
}

const dispatchers: [string, (origin: string) => Dispatcher | undefined][] = [
  ['its own Agent', () => undefined],
  ['an Agent of the caller', () => new Agent()],
  ['a Pool of the caller', (origin) => new Pool(origin)],
  ['a composed Agent', () => new Agent().compose((dispatch) => dispatch)],
];

describe.each(dispatchers)('with %s', (_, dispatcherFor) => {
  const clientFor = (url: string, options?: HTTPClientOptions): HTTPClient =>
    new HTTPClient({ transport: undici({ dispatcher: dispatcherFor(url) }), retryAttempts: 0, timeout: 3, ...options });

  test.each<Harm>(['closed', 'reset'])('a reused connection that is %s is replaced at once', async (harm) => {
    const api = await impatient(harm);
    const client = clientFor(api.url);

    await warm(client, api.url);
    const response = await client.post(`${api.url}/harm`, { data: 'body' });

    expect(response).toMatchObject({ data: 'ok', retries: 0 });
    expect(response.config.call?.attempts.map(({ decision }) => decision)).toEqual(['replay', 'done']);
    client.close();
  });

  test.each<[Harm, string]>([
    ['closed', 'CONNECTION_CLOSED'],
    ['reset', 'CONNECTION_RESET'],
  ])('a new connection that is %s is a failure', async (harm, code) => {
    const api = await rawService((socket) => (harm === 'reset' ? socket.resetAndDestroy() : socket.destroy()));
    const client = clientFor(api.url);

    await expect(client.get(api.url)).rejects.toMatchObject({ code, sent: 'maybe' });
    expect(api.requests).toHaveLength(1);
    client.close();
  });

  test('a new connection that brings the beginning of an answer is a failure', async () => {
    const api = await rawService((socket) => socket.end('HTTP/1.1 2'));
    const client = clientFor(api.url);

    await expect(client.get(api.url)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED', sent: 'maybe' });
    expect(api.requests).toHaveLength(1);
    client.close();
  });
});

test('however many clients share a dispatcher, it has one listener of theirs', () => {
  const dispatcher = new Agent();
  const before = dispatcher.listenerCount('connect');

  for (let client = 0; client < 20; client++) new HTTPClient({ transport: undici({ dispatcher }) });

  expect(dispatcher.listenerCount('connect')).toBe(before + 1);
});

test('a dispatcher that tells nothing of its connections is known by the bytes that came', async () => {
  const api = await impatient('closed');
  const agent = new Agent();
  const dispatcher = { dispatch: agent.dispatch.bind(agent) } as Partial<Dispatcher> as Dispatcher;
  const client = new HTTPClient({ transport: undici({ dispatcher }), retryAttempts: 0 });

  await warm(client, api.url);
  const response = await client.get(`${api.url}/harm`);

  expect(response.config.call?.attempts.map(({ decision }) => decision)).toEqual(['replay', 'done']);
  await agent.close();
});
