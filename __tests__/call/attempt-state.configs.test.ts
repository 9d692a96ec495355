import { Readable } from 'node:stream';
import axios from 'axios';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { anotherCopy } from '../support/another-copy';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

function received(requests: readonly { readonly headers: Record<string, unknown> }[], name: string): unknown[] {
  return requests.map(({ headers }) => headers[name]);
}

/** Tokens that differ, so that it shows whether one was asked for. */
function numbered(): { readonly getToken: () => string; readonly invalidate: () => void } {
  let issued = 0;
  return { getToken: () => `token-${++issued}`, invalidate: () => undefined };
}

test("a plugin's own counter in the config, of whatever name, disturbs nothing", async () => {
  const api = await service([{ status: 503 }, { status: 503 }, { status: 200 }]);
  const counter = (name: string): Plugin => ({
    name: 'counter',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        const facts = config as unknown as Record<string, number>;
        facts[name] = (facts[name] ?? 0) + 1;
        config.headers.set('X-Try', String(facts[name]));
        return config;
      });
    },
  });

  await new HTTPClient({ ...FAST, token: numbered(), plugins: [counter('attempt')] }).get(api.url);

  expect(received(api.requests, 'x-try')).toEqual(['1', '2', '3']);
  expect(received(api.requests, 'authorization')).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
  expect(received(api.requests, 'x-request-attempt')).toEqual([undefined, '2', '3']);
});

test.each(['attempt', 'attemptState'])('an option `%s` of somebody else is no state of ours', async (name) => {
  const api = await service([{ status: 404 }]);
  const client = new HTTPClient(FAST);

  expect(await failure(client.axios.get('/relative', { [name]: 1 } as never))).toMatchObject({ code: 'INVALID_URL' });
  expect(await failure(client.axios.get(api.url, { [name]: 1 } as never))).toMatchObject({ code: 'CLIENT_ERROR' });
  expect(await failure(client.axios.create().get(api.url, { [name]: 1 } as never))).toMatchObject({ status: 404 });
});

test('a plugin may rebuild the config of a retry', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const rebuilt: Plugin = {
    name: 'rebuilt',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(({ attemptState: _, ...config }) => config);
    },
  };

  await new HTTPClient({ ...FAST, token: numbered(), plugins: [rebuilt] }).get(api.url);

  expect(received(api.requests, 'authorization')).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(received(api.requests, 'x-request-attempt')).toEqual([undefined, '2']);
});

describe('a config that is sent again', () => {
  test.each<[string, HTTPClientOptions, unknown]>([
    ['with a token', { token: 'second' }, 'Bearer second'],
    ['without one', { token: null }, undefined],
  ])('by a client of another copy of this package %s has none of the first token', async (_, options, expected) => {
    const api = await service();
    const { config } = await new HTTPClient({ token: 'first' }).get(api.url);
    const other = new (anotherCopy().HTTPClient)(options);

    await other.axios.request(config);

    expect(received(api.requests, 'authorization')).toEqual(['Bearer first', expected]);
  });

  test('is judged by itself, not by the last attempt of the call before', async () => {
    const api = await service([{ status: 401 }, { status: 200 }]);
    const client = new HTTPClient({ ...FAST, token: numbered() });
    // Its body cannot be sent again, although there is another token.
    const { config } = await failure(client.post(api.url, { data: Readable.from(['once']) }));

    const again = client.axios.request({ ...config, data: 'again', timeout: -5 });

    expect(await failure(again)).toMatchObject({ code: 'INVALID_OPTION' });
    expect(api.requests).toHaveLength(1);
  });

  test('may be retried, although the call before was told not to retry', async () => {
    const api = await service([{ status: 503, headers: { 'X-Should-Retry': 'false' } }, { status: 200 }]);
    let failures = 1;
    const flaky: Plugin = {
      name: 'flaky',
      ring: 'attempt',
      install(http) {
        http.interceptors.request.use((config) => {
          if (api.requests.length === 1 && failures-- > 0) {
            throw new axios.AxiosError('no route', 'ECONNRESET', config, undefined, undefined);
          }
          return config;
        });
      },
    };
    const client = new HTTPClient({ ...FAST, plugins: [flaky] });
    const { config } = await failure(client.get(api.url));

    expect((await client.axios.request(config ?? {})).status).toBe(200);
  });
});
