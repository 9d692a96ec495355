import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import net, { type TcpNetConnectOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { type ConnectionOptions } from 'node:tls';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { rawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
const LAST = OK.replace('\r\n', '\r\nconnection: close\r\n');

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientWith(perOrigin: number): HTTPClient {
  const client = new HTTPClient({ transport: undici(), connections: { perOrigin }, retryAttempts: 0 });
  clients.push(client);
  return client;
}

/** @returns how many calls had each outcome, of two calls each 5 ms */
async function steady(client: HTTPClient, url: string): Promise<Record<string, number>> {
  const calls: Promise<string>[] = [];
  const outcome = async (): Promise<string> => {
    const [result] = await Promise.allSettled([client.get(url)]);
    return result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code;
  };
  for (let turn = 0; turn < 30; turn++) {
    calls.push(outcome(), outcome());
    await sleep(5);
  }
  const outcomes: Record<string, number> = {};
  for (const one of await Promise.all(calls)) outcomes[one] = (outcomes[one] ?? 0) + 1;
  return outcomes;
}

/** A service that takes 10 ms, and the most requests that it has had at the same time. */
async function busy(response: string): Promise<{ readonly url: string; readonly most: () => number }> {
  let [now, most] = [0, 0];
  const { url } = await rawService((socket) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      socket.write(response);
      if (response === LAST) socket.end();
    }, 10);
  });
  return { url, most: () => most };
}

test('a service that closes each connection has no more than the limit', async () => {
  const api = await busy(LAST);

  expect(await steady(clientWith(2), api.url)).toEqual({ ok: 60 });
  expect(api.most()).toBe(2);
});

test('a service that could not be reached has no more than the limit afterwards', async () => {
  const api = await busy(OK);
  let failures = 20;
  const { connect } = net;
  const spy = jest.spyOn(net, 'connect').mockImplementation(((options: TcpNetConnectOpts) => {
    if (--failures < 0) return connect(options);
    const socket = new net.Socket();
    setTimeout(() => socket.destroy(Object.assign(new Error('down'), { code: 'ECONNREFUSED' })), 5);
    return socket;
  }) as typeof net.connect);

  const outcomes = await steady(clientWith(2), api.url);
  spy.mockRestore();

  expect(outcomes).toEqual({ ok: 40, CONNECTION_REFUSED: 20 });
  expect(api.most()).toBe(2);
});

test('calls that wait do not wait longer because the certificate is for another name', async () => {
  const api = await rawService(() => undefined, await certificateFor('other.example'));
  const { connect } = tls;
  const trust = jest.spyOn(tls, 'connect');
  const { cert } = await certificateFor('other.example');
  trust.mockImplementation((options) => connect({ ...(options as ConnectionOptions), ca: cert }));

  const client = clientWith(2);
  const errors = await Promise.all(Array.from({ length: 6 }, async () => failure(client.get(api.url))));
  trust.mockRestore();

  expect(errors.map(({ code }) => code)).toEqual(errors.map(() => 'CERTIFICATE_INVALID'));
});

test('after `close()`, calls that wait are sent, and then no connection is open', async () => {
  const api = await rawService((socket) => setTimeout(() => socket.write(OK), 10));
  const client = clientWith(2);

  const calls = Array.from({ length: 8 }, async () => client.get(api.url));
  await sleep(15);
  client.close();

  expect(await Promise.all(calls)).toHaveLength(8);
  while (api.sockets.size > 0) await sleep(5);
});

test('a call that waited is sent in its own asynchronous context, as for tracing', async () => {
  const api = await busy(OK);
  const client = clientWith(1);
  const context = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const onCreate = (): unknown => seen.push(context.getStore());

  subscribe('undici:request:create', onCreate);
  await Promise.all(['a', 'b', 'c'].map(async (name) => context.run(name, async () => client.get(api.url))));
  unsubscribe('undici:request:create', onCreate);

  expect(seen).toEqual(['a', 'b', 'c']);
});
