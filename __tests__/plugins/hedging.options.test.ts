import { AsyncLocalStorage } from 'node:async_hooks';
import MockAdapter from 'axios-mock-adapter';
import nock from 'nock';
import { HTTPClient, type HTTPClientOptions, type Plugin, type RequestOptions } from '../../src/index';
import { httpTransport } from '../../src/transports/http';
import { held, inTurn } from '../support/held';
import { exceptionOf, failure } from '../support/outcome';
import { service } from '../support/service';

const hedging = { delay: 0.005 };

test.each<[string, HTTPClientOptions, RequestOptions, number]>([
  ['the client', { hedging }, {}, 2],
  ['neither', {}, {}, 1],
  ['the call alone', {}, { hedging }, 2],
  ['the client, but not the call', { hedging }, { hedging: false }, 1],
  ['the client, sooner than the call', { hedging: { delay: 60 } }, { hedging }, 2],
  ['the call, later than the client', { hedging }, { hedging: { delay: 60 } }, 1],
  ['a quantile that is not known yet', { hedging: { delay: { minimumCalls: 2 } } }, {}, 1],
])('wanted by %s', async (_, ofClient, ofCall, requests) => {
  const api = await service(requests === 2 ? inTurn(['slow'], ['fast']) : [{ delay: 20 }]);

  await new HTTPClient(ofClient).get(api.url, ofCall);

  expect(api.requests).toHaveLength(requests);
});

test('after enough responses, a slow one is hedged', async () => {
  const api = await service([{}, {}, {}, held(), {}]);
  const client = new HTTPClient({ hedging: { delay: { minimumCalls: 3 } } });
  for (let call = 0; call < 3; call++) await client.get(api.url, { params: { call } });

  const { config } = await client.get(api.url);

  expect(config.call?.attempts).toMatchObject([{ outcome: 'lost' }, { outcome: 200, hedge: true }]);
});

test.each([
  [{}, '`hedging.delay`'],
  [{ delay: 0 }, '`hedging.delay` must be a number of seconds from 0.001 to 600, got 0'],
  [{ delay: 1, method: [] }, '`method`'],
  [true, '`hedging`'],
  [null, '`hedging`'],
  [{ delay: { quantile: 95 } }, '`hedging.delay.quantile`'],
])('the facade refuses %j', async (wrong, message) => {
  const client = new HTTPClient();
  const options = { hedging: wrong as never };

  const error = await client.get('http://a.test/', options).catch((thrown: unknown) => thrown);
  const ofAxios = await exceptionOf(async () => client.axios.get('http://a.test/', options));

  expect(error).not.toHaveProperty('code');
  expect(String(error)).toContain(message);
  expect(ofAxios).toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) as string });
});

test('plugins run for both, in the async context of the call', async () => {
  const store = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const plugin: Plugin = {
    name: 'spy',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        seen.push(store.getStore());
        config.headers.set('X-Seen', String(seen.length));
        return config;
      });
    },
  };
  const api = await service([held(), {}]);

  await store.run('here', async () => new HTTPClient({ hedging, plugins: [plugin] }).get(api.url));

  expect(seen).toEqual(['here', 'here']);
  expect(api.requests.map(({ headers }) => headers['x-seen'])).toEqual(['1', '2']);
});

test('a plugin that throws before the second is sent changes nothing', async () => {
  let runs = 0;
  const plugin: Plugin = {
    name: 'picky',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        if (++runs === 2) throw new Error('once is enough');
        return config;
      });
    },
  };
  const api = await service([{ delay: 20, body: 'slow' }]);

  expect((await new HTTPClient({ hedging, plugins: [plugin] }).get(api.url)).data).toBe('slow');
  expect([runs, api.requests.length]).toEqual([2, 1]);
});

test('a retry that a plugin prevents does not bring the second attempt back', async () => {
  let runs = 0;
  const plugin: Plugin = {
    name: 'strict',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        if (++runs === 3) throw new Error('no third attempt');
        return config;
      });
    },
  };
  const api = await service([held(), { status: 401 }]);
  let issued = 0;
  const token = { getToken: () => `token-${++issued}`, invalidate: () => undefined };

  const error = await failure(new HTTPClient({ hedging, plugins: [plugin], token }).get(api.url));

  expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', cause: { message: 'no third attempt' } });
});

test('over axios-mock-adapter, both have their own timeout and signal', async () => {
  const client = new HTTPClient({ hedging, timeout: 0.03, retryAttempts: 0 });
  const mock = new MockAdapter(client.axios);
  const never = async (): Promise<never> => new Promise(() => undefined);
  mock.onGet('http://a.test/both').reply(never);
  mock.onGet('http://a.test/one').replyOnce(never).onGet('http://a.test/one').reply(200, 'fast');

  expect((await client.get('http://a.test/one')).status).toBe(200);
  const error = await failure(client.get('http://a.test/both'));

  expect(error.attempts.map(({ outcome }) => outcome)).toEqual(['TIMEOUT', 'TIMEOUT']);
});

test('nock sees both', async () => {
  const scope = nock('http://a.test').get('/').delay(5000).reply(200, 'slow').get('/').reply(200, 'fast');
  const client = new HTTPClient({ hedging, transport: httpTransport() });

  const { data } = await client.get('http://a.test/');

  expect(data).toBe('fast');
  scope.done();
  nock.abortPendingRequests();
  nock.restore();
});
