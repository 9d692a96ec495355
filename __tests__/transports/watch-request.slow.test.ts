import http, { type Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { AxiosRequestConfig } from 'axios';
import { HTTPClient, observe } from '../../src/index';
import { collect } from '../support/collect';
import { requestEnds } from '../support/request-ends';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const REQUESTS = 2000;

function socketOf({ freeSockets }: Agent): Socket {
  const [socket, ...others] = Object.values(freeSockets).flat();
  if (!socket || others.length > 0) throw new Error('there must be one idle socket');
  return socket;
}

function listenersOf(socket: Socket): Record<string, number> {
  return Object.fromEntries(socket.eventNames().map((name) => [String(name), socket.listenerCount(name)]));
}

/** A turn of the event loop, after which the socket is idle again. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test.each(WAYS)(`${REQUESTS} requests on one socket leave nothing on it, over %s`, async (_, options) => {
  const api = await service(() => ({}));
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const client = new HTTPClient({ baseURL: api.url, httpAgent });
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  await client.get('/', options);
  await settled();
  const [socket, before] = [socketOf(httpAgent), listenersOf(socketOf(httpAgent))];
  const ends = requestEnds();

  for (let count = 0; count < REQUESTS; count++) await client.get('/', options);
  await settled();

  expect(socketOf(httpAgent)).toBe(socket);
  expect(listenersOf(socket)).toEqual(before);
  expect(ends.filter(({ connection }) => connection?.reused)).toHaveLength(REQUESTS);
  expect(warnings).toEqual([]);
  process.off('warning', onWarning);
  httpAgent.destroy();
});

test.each(WAYS)('the socket keeps no request alive, over %s', async (_, options) => {
  const api = await service(() => ({}));
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const client = new HTTPClient({ baseURL: api.url, httpAgent });
  const requests: WeakRef<object>[] = [];
  // Without keeping the messages.
  const stop = observe({ requestEnd: () => undefined });

  for (let count = 0; count < 20; count++) {
    const response = await client.axios.get('/', options as AxiosRequestConfig);
    requests.push(new WeakRef(response.request as object));
  }
  for (let turn = 0; turn < 10; turn++) {
    await settled();
    collect();
  }

  // What serves the next request may still hold the last ones.
  expect(requests.filter((one) => one.deref()).length).toBeLessThanOrEqual(4);
  expect(socketOf(httpAgent).destroyed).toBe(false);
  stop();
  httpAgent.destroy();
});
