import axios, { type AxiosRequestConfig } from 'axios';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { HTTPClient, runInContext, type HTTP, type HTTPClientOptions, type Plugin } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

type Wait = (signal: AbortSignal | undefined) => Promise<unknown>;

const forEver: Wait = async () => new Promise(() => undefined);
const minding: Wait = async (signal) => pause(60_000, undefined, { ...(signal && { signal }), ref: false });
const throwing: Wait = async (signal) => {
  if (signal) await once(signal, 'abort');
  signal?.throwIfAborted();
};

/** Adds an interceptor that waits before the request, or after the response. */
function install(http: HTTP, phase: string, wait: Wait): void {
  if (phase === 'request') {
    http.interceptors.request.use(async (config) => {
      await wait(config.signal as AbortSignal | undefined);
      return config;
    });
    return;
  }
  http.interceptors.response.use(async (response) => {
    await wait(response.config.signal as AbortSignal | undefined);
    return response;
  });
}

const places = ['client.axios', 'call ring', 'attempt ring', 'attempt ring of a retry'];

function clientWith(place: string, phase: string, wait: Wait, options: HTTPClientOptions = {}): HTTPClient {
  let waits = place.endsWith('retry') ? -1 : 0;
  const later: Wait = async (signal) => {
    if (++waits > 0) await wait(signal);
  };
  const ring = place === 'call ring' ? 'call' : 'attempt';
  const plugin: Plugin = {
    name: 'waiting',
    ring,
    install: (http) => {
      install(http, phase, later);
    },
  };
  const isPlugin = place !== 'client.axios';
  const client = new HTTPClient({ retry: { base: 0.001 }, ...(isPlugin && { plugins: [plugin] }), ...options });
  if (!isPlugin) install(client.axios, phase, later);
  return client;
}

/** One that has failed before, if the wait is in a retry. */
async function serviceFor(place: string) {
  return service(place.endsWith('retry') ? [{ status: 503 }, {}] : [{}]);
}

const cases = [
  ...places.map((place) => ['request', place] as const),
  // The response of a retry passes the same interceptors, in the same instance, as its request.
  ...places.slice(0, 3).map((place) => ['response', place] as const),
];

/** Options that axios's own core handles, and those that the shorter way does. */
const ways: [string, AxiosRequestConfig][] = [
  ['the shorter way', {}],
  ["axios's core", { params: { a: 1 }, paramsSerializer: { indexes: null } }],
];

describe.each(ways)('by %s', (_, extra) => {
  describe.each(cases)('before the %s of the %s', (phase, place) => {
    test.each([
      ['that ignores it', forEver],
      ['that rejects with an AbortError', minding],
      ['that rejects with its reason', throwing],
    ])('an interceptor %s ends with the signal', async (_name, wait) => {
      const api = await serviceFor(place);
      const caller = new AbortController();
      let call: Promise<unknown> = Promise.resolve();
      const waiting = new Promise<void>((resolve) => {
        const client = clientWith(place, phase, async (signal) => {
          resolve();
          return wait(signal);
        });
        call = failure(client.axios.get(api.url, { ...extra, signal: caller.signal }));
      });
      await waiting;
      caller.abort(new Error('no longer needed'));

      expect(await call).toMatchObject({
        name: 'RequestCancelled',
        code: 'CANCELLED',
        cause: { message: 'no longer needed' },
      });
    });

    test('an interceptor that never ends is left alone at the deadline', async () => {
      const api = await serviceFor(place);
      const client = clientWith(place, phase, forEver);

      const error = await failure(client.axios.get(api.url, { ...extra, deadline: 0.15 }));

      expect(error).toMatchObject({ name: 'DeadlineExceeded' });
      if (phase === 'response') expect(error.sent).toBe('yes');
      expect(error.elapsed).toBeLessThan(1);
    });
  });
});

test('a call of the facade ends at the deadline of the request context, and with its signal', async () => {
  const api = await service();
  const inbound = new AbortController();
  const client = clientWith('client.axios', 'request', forEver);
  const late = { deadline: performance.now() + 50 };

  const cancelled = runInContext({ signal: inbound.signal }, async () => failure(client.get(api.url)));
  const expired = runInContext(late, async () => failure(client.get(api.url)));
  const apart = clientWith('client.axios', 'request', async () => pause(70), { requestContext: false });
  const served = runInContext(late, async () => apart.get(api.url));
  inbound.abort();

  expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
  expect(await expired).toMatchObject({ code: 'DEADLINE_EXCEEDED', sent: 'no', attempts: [] });
  expect(await served).toMatchObject({ status: 200 });
});

test('a CancelToken ends the wait', async () => {
  const api = await service();
  const { token, cancel } = axios.CancelToken.source();
  const client = clientWith('client.axios', 'request', forEver);

  const call = failure(client.axios.get(api.url, { cancelToken: token }));
  cancel('no longer needed');

  expect(await call).toMatchObject({ code: 'CANCELLED' });
});

test('what an interceptor throws at once because of the signal is the cancellation', async () => {
  const api = await service();
  const caller = new AbortController();
  const client = new HTTPClient();
  client.axios.interceptors.request.use((config) => {
    caller.abort(new Error('no longer needed'));
    caller.signal.throwIfAborted();
    return config;
  });

  const error = await failure(client.get(api.url, { signal: caller.signal }));

  expect(error).toMatchObject({ code: 'CANCELLED', cause: { message: 'no longer needed' } });
});

test('an interceptor in good time is waited for, and its own failure is told as such', async () => {
  const api = await service();
  const client = clientWith('client.axios', 'request', async () => pause(2));
  const failing = clientWith('client.axios', 'request', async () => Promise.reject(new Error('mine')));
  const { signal } = new AbortController();

  expect(await client.get(api.url, { deadline: 5, signal })).toMatchObject({ status: 200 });
  expect(await failure(failing.get(api.url, { deadline: 5, signal }))).toMatchObject({ code: 'INTERCEPTOR_FAILED' });
});
