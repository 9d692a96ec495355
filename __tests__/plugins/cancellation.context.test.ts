import { EventEmitter, getEventListeners, once } from 'node:events';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { createAuthRefresh } from 'axios-auth-refresh';
import { HTTPClient, runInContext, type RequestOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { silentService } from '../support/silent-service';

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

const callers: [string, () => RequestOptions][] = [
  ['without a signal of their own', () => ({})],
  ['with a signal of their own', () => ({ signal: new AbortController().signal })],
  ['with a cancelToken', () => ({ cancelToken: axios.CancelToken.source().token })],
];

test.each(callers)('when the caller has gone, calls %s end, and their connections close', async (_, options) => {
  const { api, events } = await silentService();
  const inbound = new AbortController();
  const client = new HTTPClient();
  const calls = runInContext({ signal: inbound.signal }, () =>
    [1, 2, 3].map(async () => failure(client.get(api.url, options()))),
  );
  while (api.requests.length < 3) await once(events, 'request');

  const closed = once(events, 'close');
  inbound.abort(new Error('the caller hung up'));

  for (const error of await Promise.all(calls)) {
    expect(error).toMatchObject({ code: 'CANCELLED', retries: 0, cause: { message: 'the caller hung up' } });
  }
  await closed;
});

test("a call's own signal ends it alone", async () => {
  const { api, events } = await silentService();
  const inbound = new AbortController();
  const own = new AbortController();
  const client = new HTTPClient();
  const [one, other] = runInContext({ signal: inbound.signal }, () => [
    failure(client.get(api.url, { signal: own.signal })),
    failure(client.get(api.url)),
  ]) as [Promise<Error>, Promise<Error>];
  while (api.requests.length < 2) await once(events, 'request');

  own.abort(new Error('mine'));

  expect(await one).toMatchObject({ code: 'CANCELLED', cause: { message: 'mine' } });
  inbound.abort(new Error('theirs'));
  expect(await other).toMatchObject({ code: 'CANCELLED', cause: { message: 'theirs' } });
});

test.each(callers)('calls %s that are begun when the caller has gone send nothing', async (_, options) => {
  const api = await service();
  const token = jest.fn(() => 'token');

  const error = await failure(
    runInContext({ signal: AbortSignal.abort() }, async () => new HTTPClient({ token }).get(api.url, options())),
  );

  expect(error).toMatchObject({ code: 'CANCELLED', method: 'GET', attempts: [] });
  expect(token).not.toHaveBeenCalled();
  expect(api.requests).toHaveLength(0);
});

test('the wait before a retry ends when the caller has gone', async () => {
  const inbound = new AbortController();
  const events = new EventEmitter();
  const api = await service([{ handle: (_, response) => response.writeHead(503).end(() => events.emit('answered')) }]);
  const client = new HTTPClient({ retry: { base: 30 } });
  const call = runInContext({ signal: inbound.signal }, async () => failure(client.get(api.url)));
  await once(events, 'answered');

  setTimeout(() => {
    inbound.abort();
  }, 20);

  expect(await call).toMatchObject({ code: 'CANCELLED', retries: 0 });
  expect(api.requests).toHaveLength(1);
});

test('a timeout signal of the context counts as a deadline', async () => {
  const { api } = await silentService();

  const error = await failure(
    runInContext({ signal: AbortSignal.timeout(30) }, async () => new HTTPClient().get(api.url)),
  );

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});

test('thousands of calls in a context put one listener on its signal', async () => {
  const inbound = new AbortController();
  const shared = new AbortController();
  const each: AbortSignal[] = [];
  const listeners: number[] = [];
  const api = await service(() => {
    listeners.push(listenersOf(inbound.signal), listenersOf(shared.signal));
    return {};
  });
  const client = new HTTPClient();
  const warned = jest.fn();
  process.on('warning', warned);
  const call = async (n: number): Promise<unknown> => {
    const { signal } = new AbortController();
    each.push(signal);
    return client.get(api.url, [{}, { signal: shared.signal }, { signal }][n % 3]);
  };

  await runInContext({ signal: inbound.signal }, async () => {
    for (let n = 0; n < 2000; n += 50) await Promise.all(Array.from({ length: 50 }, async (_, m) => call(n + m)));
  });

  expect(api.requests).toHaveLength(2000);
  expect(Math.max(...listeners)).toBe(1);
  expect(Math.max(...each.map(listenersOf))).toBeLessThanOrEqual(1);
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
  client.close();
});

test('what a finished call followed does not keep it in memory', async () => {
  const inbound = new AbortController();
  const shared = new AbortController();
  const api = await service();
  const abort = jest.spyOn(AbortController.prototype, 'abort');
  const client = new HTTPClient();
  await runInContext({ signal: inbound.signal }, async () => client.get(api.url, { signal: shared.signal }));

  inbound.abort();
  shared.abort();

  // Those two alone: nothing that belonged to the call is told any more.
  expect(abort).toHaveBeenCalledTimes(2);
  abort.mockRestore();
});

test.each([callers[0], callers[1]] as typeof callers)(
  'a stream of calls %s ends when the caller has gone',
  async (_, options) => {
    const inbound = new AbortController();
    const api = await service([{ handle: (_request, response) => response.write('part') }]);
    const { data } = await runInContext({ signal: inbound.signal }, async () =>
      new HTTPClient().get<Readable>(api.url, { ...options(), responseType: 'stream' }),
    );
    data.resume();

    const broken = once(data, 'error');
    inbound.abort();

    expect(await broken).toMatchObject([{ code: 'CANCELLED' }]);
  },
);

test.each([callers[0], callers[1]] as typeof callers)(
  'calls %s that an interceptor sends again end with the caller too',
  async (_, options) => {
    const events = new EventEmitter();
    const api = await service([{ status: 401 }, { handle: () => events.emit('again') }]);
    const client = new HTTPClient({ token: null });
    createAuthRefresh(client.axios, async () => Promise.resolve());
    const inbound = new AbortController();
    const call = runInContext({ signal: inbound.signal }, async () => failure(client.get(api.url, options())));
    await once(events, 'again');

    inbound.abort();

    expect(await call).toMatchObject({ code: 'CANCELLED' });
    expect(api.requests).toHaveLength(2);
  },
);

test('a call that an interceptor sends again ends with its own signal too', async () => {
  const events = new EventEmitter();
  const api = await service([{ status: 401 }, { handle: () => events.emit('again') }]);
  const client = new HTTPClient({ token: null });
  createAuthRefresh(client.axios, async () => Promise.resolve());
  const own = new AbortController();
  const { signal } = new AbortController();
  const call = runInContext({ signal }, async () => failure(client.get(api.url, { signal: own.signal })));
  await once(events, 'again');

  own.abort();

  expect(await call).toMatchObject({ code: 'CANCELLED' });
});
