import { once, EventEmitter, getEventListeners } from 'node:events';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { HTTPClient, RequestCancelled } from '../../src/index';
import { service } from '../support/service';
import { silentService } from '../support/silent-service';

/** The calls that follow a signal take one listener on it together; Node warns of a leak from the eleventh on. */
function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

test('30 calls at once put one listener on the signal that they share', async () => {
  const { signal } = new AbortController();
  const listeners: number[] = [];
  const api = await service(({ url }) => {
    listeners.push(listenersOf(signal));
    return { status: url === '/retry' ? 503 : 200 };
  });
  const client = new HTTPClient({
    token: () => Promise.resolve('t'),
    retryAttempts: 1,
    retry: { base: 0.001, budget: false },
  });

  const calls = Array.from({ length: 30 }, async (_, n) =>
    client.get(`${api.url}/${n % 2 === 0 ? 'retry' : ''}`, { signal }).catch((error: unknown) => error),
  );
  await Promise.all(calls);

  expect(api.requests).toHaveLength(45);
  expect(new Set(listeners)).toEqual(new Set([1]));
});

test('streams that are read at once do not pile up listeners on the signal that they share', async () => {
  const { signal } = new AbortController();
  const api = await service([{ body: 'part' }]);
  const client = new HTTPClient();

  const streams = await Promise.all(
    Array.from({ length: 12 }, async () => client.get<Readable>(api.url, { signal, responseType: 'stream' })),
  );

  expect(listenersOf(signal)).toBeLessThanOrEqual(10);
  for (const { data } of streams) data.destroy();
});

test('one signal ends all calls that share it', async () => {
  const { api, events } = await silentService();
  const controller = new AbortController();
  const client = new HTTPClient();
  const calls = [1, 2, 3].map(async () => client.get(api.url, { signal: controller.signal }));
  const failures = Promise.allSettled(calls);
  while (api.requests.length < 3) await once(events, 'request');

  controller.abort();

  for (const failure of await failures) {
    expect(failure).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED', retries: 0 } });
  }
  expect(api.requests).toHaveLength(3);
});

test('an abort during the request closes its connection', async () => {
  const { api, events } = await silentService();
  const controller = new AbortController();
  const call = new HTTPClient().get(api.url, { signal: controller.signal });
  const settled = expect(call).rejects.toMatchObject({ name: 'RequestCancelled', method: 'GET', sent: 'maybe' });
  await once(events, 'request');

  const closed = once(events, 'close');
  controller.abort();

  await settled;
  await closed;
});

test('an abort in the wait before a retry ends the call at once', async () => {
  const events = new EventEmitter();
  const api = await service([
    { status: 503, handle: (_, response) => response.writeHead(503).end(() => events.emit('answered')) },
  ]);
  const controller = new AbortController();
  const call = new HTTPClient({ retry: { base: 60, cap: 60 } }).get(api.url, { signal: controller.signal });
  const settled = expect(call).rejects.toMatchObject({ name: 'RequestCancelled', retries: 0 });
  await once(events, 'answered');

  setTimeout(() => {
    controller.abort();
  }, 20);

  await settled;
  expect(api.requests).toHaveLength(1);
});

test('a call whose signal is aborted already neither asks for a token nor sends anything', async () => {
  const api = await service();
  const getToken = jest.fn(() => 'token');

  const call = new HTTPClient({ token: getToken }).get(`${api.url}/users`, { signal: AbortSignal.abort() });

  await expect(call).rejects.toMatchObject({ name: 'RequestCancelled', method: 'GET', url: `${api.url}/users` });
  expect(getToken).not.toHaveBeenCalled();
  expect(api.requests).toHaveLength(0);
});

test('a call whose cancelToken is cancelled already neither asks for a token nor sends anything', async () => {
  const api = await service();
  const getToken = jest.fn(() => 'token');
  const { token: cancelToken, cancel } = axios.CancelToken.source();
  cancel();

  const call = new HTTPClient({ token: getToken }).get(`${api.url}/users`, { cancelToken });

  await expect(call).rejects.toMatchObject({ name: 'RequestCancelled', method: 'GET', url: `${api.url}/users` });
  expect(getToken).not.toHaveBeenCalled();
  expect(api.requests).toHaveLength(0);
});

test('a cancelToken ends the request and closes its connection', async () => {
  const { api, events } = await silentService();
  const { token: cancelToken, cancel } = axios.CancelToken.source();
  const call = new HTTPClient().get(api.url, { cancelToken });
  const settled = expect(call).rejects.toMatchObject({ name: 'RequestCancelled', method: 'GET', sent: 'maybe' });
  await once(events, 'request');

  const closed = once(events, 'close');
  cancel('no longer needed');

  await settled;
  await closed;
});

test('a cancelToken ends the wait before a retry', async () => {
  const events = new EventEmitter();
  const api = await service([{ handle: (_, response) => response.writeHead(503).end(() => events.emit('answered')) }]);
  const { token: cancelToken, cancel } = axios.CancelToken.source();
  const call = new HTTPClient({ retry: { base: 60, cap: 60 } }).get(api.url, { cancelToken });
  const settled = expect(call).rejects.toMatchObject({ name: 'RequestCancelled', retries: 0 });
  await once(events, 'answered');

  setTimeout(cancel, 20);

  await settled;
  expect(api.requests).toHaveLength(1);
});

test('a cancelToken and a signal work side by side', async () => {
  const { api, events } = await silentService();
  const { token: cancelToken } = axios.CancelToken.source();
  const controller = new AbortController();
  const call = new HTTPClient().get(api.url, { cancelToken, signal: controller.signal });
  const settled = expect(call).rejects.toBeInstanceOf(RequestCancelled);
  await once(events, 'request');

  controller.abort();

  await settled;
});

test('a call that is over no longer follows its cancelToken', async () => {
  const api = await service([{ status: 503 }, { status: 200 }, { status: 404 }]);
  const client = new HTTPClient({ retry: { base: 0.001 } });
  const { token: cancelToken } = axios.CancelToken.source();
  const unsubscribe = jest.spyOn(cancelToken as unknown as { unsubscribe(): void }, 'unsubscribe');
  const subscribe = jest.spyOn(cancelToken as unknown as { subscribe(): void }, 'subscribe');

  await client.get(api.url, { cancelToken });
  await expect(client.get(api.url, { cancelToken })).rejects.toMatchObject({ status: 404 });

  expect(subscribe).toHaveBeenCalledTimes(2);
  expect(unsubscribe.mock.calls).toEqual(subscribe.mock.calls);
});

test('an abort after the call is over changes nothing', async () => {
  const api = await service([{ json: { id: 1 } }]);
  const controller = new AbortController();
  const response = await new HTTPClient().get(api.url, { signal: controller.signal });

  controller.abort();

  expect(response.json()).toEqual({ id: 1 });
});
