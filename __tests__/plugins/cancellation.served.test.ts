import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import axios, { type InternalAxiosRequestConfig } from 'axios';
import { createAuthRefresh } from 'axios-auth-refresh';
import { InboundContext } from '../../src/context/inbound-context';
import { HTTPClient, runInContext, type Plugin } from '../../src/index';
import { LazySignal } from '../../src/util/lazy-signal';
import { testOfLeanCore } from '../support/lean-only';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { silentService } from '../support/silent-service';

/** A request as a server enters it: its signal is made when somebody reads it. */
function served(): { caller: LazySignal; context: InboundContext; made: jest.SpyInstance } {
  const caller = new LazySignal();
  return { caller, context: new InboundContext({ signal: caller }), made: jest.spyOn(caller, 'signal', 'get') };
}

const gone = new Error('the caller hung up');

const callers: [string, (client: HTTPClient, url: string) => Promise<unknown>][] = [
  ['of the client', (client, url) => client.get(url)],
  ['with a body', (client, url) => client.post(url, { json: {} })],
  ['of client.axios', (client, url) => client.axios.get(url)],
  ["on axios's adapter", (client, url) => client.get(url, { maxRate: 1e9 })],
  ['with a signal of their own', (client, url) => client.get(url, { signal: new AbortController().signal })],
  ['with a cancelToken', (client, url) => client.get(url, { cancelToken: axios.CancelToken.source().token })],
];

test.each(callers)('calls %s end when the caller has gone', async (_, send) => {
  const { api, events } = await silentService();
  const { caller, context } = served();
  const call = runInContext(context, async () => failure(send(new HTTPClient(), api.url)));
  while (api.requests.length < 1) await once(events, 'request');

  const closed = once(events, 'close');
  caller.abort(gone);

  expect(await call).toMatchObject({ code: 'CANCELLED', cause: { message: gone.message } });
  await closed;
});

test.each(callers)('calls %s that are begun when the caller has gone send nothing', async (_, send) => {
  const api = await service();
  const { caller, context } = served();
  caller.abort(gone);

  const error = await runInContext(context, async () => failure(send(new HTTPClient(), api.url)));

  expect(error).toMatchObject({ code: 'CANCELLED', attempts: [] });
  expect(api.requests).toHaveLength(0);
});

// axios's own core copies the config, and so reads its signal.
testOfLeanCore('a call that succeeds makes no signal', async () => {
  const api = await service();
  const { context, made } = served();

  await runInContext(context, async () => new HTTPClient().get(api.url));

  expect(made).not.toHaveBeenCalled();
});

/** Between the call and its attempts. */
function interceptor(see: (config: InternalAxiosRequestConfig) => void): Plugin {
  return {
    name: 'see',
    ring: 'attempt',
    install({ interceptors }) {
      interceptors.request.use((config) => {
        see(config);
        return config;
      });
    },
  };
}

test('a plugin sees the signal of the request, which fires', async () => {
  const { api, events } = await silentService();
  const { caller, context } = served();
  const seen: unknown[] = [];
  const client = new HTTPClient({ plugins: [interceptor(({ signal }) => seen.push(signal))] });
  const call = runInContext(context, async () => failure(client.get(api.url)));
  await once(events, 'request');

  caller.abort(gone);

  expect(await call).toMatchObject({ code: 'CANCELLED' });
  expect(seen).toEqual([caller.signal]);
  expect(caller.signal).toMatchObject({ aborted: true, reason: gone });
});

test.each<[string, (config: InternalAxiosRequestConfig) => void]>([
  ['takes it away', (config) => delete config.signal],
  ['replaces it', (config) => (config.signal = new AbortController().signal)],
])('a call does not end with the request where a plugin %s', async (_, change) => {
  const events = new EventEmitter();
  const api = await service([{ handle: (_request, response) => events.emit('request', response) }]);
  const { caller, context } = served();
  const client = new HTTPClient({ plugins: [interceptor(change)] });
  const call = runInContext(context, async () => client.get(api.url));
  const [response] = (await once(events, 'request')) as [ServerResponse];

  caller.abort(gone);
  response.end();

  expect(await call).toMatchObject({ status: 200 });
});

test('the wait before a retry ends when the caller has gone', async () => {
  const { caller, context } = served();
  const events = new EventEmitter();
  const api = await service([{ handle: (_, response) => response.writeHead(503).end(() => events.emit('answered')) }]);
  const client = new HTTPClient({ retry: { base: 30 } });
  const call = runInContext(context, async () => failure(client.get(api.url)));
  await once(events, 'answered');

  setTimeout(() => {
    caller.abort(gone);
  }, 20);

  expect(await call).toMatchObject({ code: 'CANCELLED', retries: 0 });
  expect(api.requests).toHaveLength(1);
});

test('a stream ends when the caller has gone', async () => {
  const { caller, context } = served();
  const api = await service([{ handle: (_request, response) => response.write('part') }]);
  const { data } = await runInContext(context, async () =>
    new HTTPClient().get<Readable>(api.url, { responseType: 'stream' }),
  );
  data.resume();

  const broken = once(data, 'error');
  caller.abort(gone);

  expect(await broken).toMatchObject([{ code: 'CANCELLED' }]);
});

test('a call that an interceptor sends again ends with the caller too', async () => {
  const { caller, context } = served();
  const events = new EventEmitter();
  const api = await service([{ status: 401 }, { handle: () => events.emit('again') }]);
  const client = new HTTPClient({ token: null });
  createAuthRefresh(client.axios, async () => Promise.resolve());
  const call = runInContext(context, async () => failure(client.get(api.url)));
  await once(events, 'again');

  caller.abort(gone);

  expect(await call).toMatchObject({ code: 'CANCELLED' });
  expect(api.requests).toHaveLength(2);
});

test.each([
  ['another request', served().context],
  ['none', undefined],
])('a config that is sent again in %s does not end with the first one', async (_, context) => {
  const events = new EventEmitter();
  const api = await service([{}, { handle: (_request, response) => events.emit('request', response) }]);
  const first = served();
  const client = new HTTPClient();
  const { config } = await runInContext(first.context, async () => client.axios.get(api.url));
  const call = runInContext(context, async () => client.axios.request(config));
  const [response] = (await once(events, 'request')) as [ServerResponse];

  first.caller.abort(gone);
  response.end();

  expect(await call).toMatchObject({ status: 200 });
});
