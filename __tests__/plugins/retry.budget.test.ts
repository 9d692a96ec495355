import { AxiosError } from 'axios';
import { HTTPClient, OriginStates, runInContext, type HTTPClientOptions, type Plugin } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Answer, type Service } from '../support/service';

interface Scene {
  readonly api: Service;
  readonly client: HTTPClient;
  /** What the budget of the service has; `undefined` while there is none. */
  readonly tokens: () => number | undefined;
}

/** A service, and a client whose budget has `reserve` tokens and earns none. */
async function scene(answers: readonly Answer[], reserve = 10, options: HTTPClientOptions = {}): Promise<Scene> {
  const api = await service(answers);
  const origins = new OriginStates();
  const retry = { base: 0.001, ...options.retry, budget: { reserve, ratio: 0, refill: 0 } };
  const client = new HTTPClient({ token: null, baseURL: api.url, ...options, origins, retry });
  return { api, client, tokens: () => origins.find(new URL(api.url).origin)?.budget?.tokens(performance.now()) };
}

const DOWN: Answer = { status: 503 };

describe('a retry', () => {
  test.each<[string, Answer, HTTPClientOptions, number]>([
    ['after a fast failure takes 1', DOWN, {}, 9],
    ['after a connection that broke takes 1', { hangUp: true }, {}, 9],
    ['after a timeout takes 4', { delay: Infinity }, { timeout: 0.1 }, 6],
  ])('%s', async (_, answer, options, left) => {
    const { client, tokens } = await scene([answer, DOWN], 10, { ...options, retryAttempts: 1 });

    expect(await failure(client.get('/'))).toMatchObject({ retries: 1 });
    expect(tokens()).toBe(left);
  });

  test.each([
    ['succeeds', {}],
    ['is answered with a 404', { status: 404 }],
  ])('that %s costs nothing', async (_, answer) => {
    const { client, tokens } = await scene([DOWN, answer]);

    await client.get('/', { validateStatus: (status) => status < 500 });

    expect(tokens()).toBe(10);
  });

  test('that no token pays for is not made, and the call fails as its last attempt did', async () => {
    const { api, client } = await scene([DOWN, { status: 500 }], 1);

    const error = await failure(client.get('/'));

    expect(error).toMatchObject({ name: 'HTTPError', code: 'SERVER_ERROR', status: 500, retries: 1 });
    expect(error.attempts).toMatchObject([
      { outcome: 503, decision: 'retry', wait: 0.001 },
      { outcome: 500, decision: 'fail', reason: 'retry-budget' },
    ]);
    expect(error.attempts[1]).not.toHaveProperty('wait');
    expect(api.requests).toHaveLength(2);
  });

  test('of another origin is made', async () => {
    const { client } = await scene([DOWN], 1);
    const other = await service([DOWN, {}]);
    await failure(client.get('/'));

    expect(await client.get(other.url)).toMatchObject({ retries: 1 });
  });

  test('is made without a budget', async () => {
    const api = await service([DOWN]);
    const client = new HTTPClient({ retry: { base: 0, budget: false } });

    const calls = Array.from({ length: 5 }, async () => failure(client.get(api.url)));

    expect((await Promise.all(calls)).map(({ retries }) => retries)).toEqual([3, 3, 3, 3, 3]);
  });
});

describe('no token is needed', () => {
  test('for a replay with a new token', async () => {
    let number = 1;
    const token = { getToken: () => `t${number}`, invalidate: () => (number += 1) };
    const { client, tokens } = await scene([{ status: 401 }, {}], 0, { token });

    expect(await client.get('/')).toMatchObject({ status: 200, retries: 0 });
    expect(tokens()).toBe(0);
  });

  test('where no connection can be opened', async () => {
    const { api, client, tokens } = await scene([], 0);
    await api.close();

    expect(await failure(client.get('/'))).toMatchObject({ code: 'CONNECTION_REFUSED', retries: 3 });
    expect(tokens()).toBeUndefined();
  });

  test.each<[string, HTTPClientOptions, Answer, string]>([
    ['`when` refuses', { retry: { when: () => false } }, DOWN, 'refused-by-when'],
    ['the response does', { retry: {} }, { ...DOWN, headers: { 'X-Should-Retry': 'false' } }, 'should-retry-false'],
    ['the rules do', { retry: {} }, { status: 404 }, 'not-retryable'],
  ])('for a retry that %s', async (_, options, answer, reason) => {
    const { client, tokens } = await scene([answer], 0, options);

    expect(await failure(client.get('/'))).toMatchObject({ retries: 0, attempts: [{ decision: 'fail', reason }] });
    expect(tokens() ?? 0).toBe(0);
  });

  test('while a retry is being served, which makes none', async () => {
    const { client } = await scene([DOWN], 0);

    const error = await failure(runInContext({ attempt: 2 }, async () => client.get('/')));

    expect(error.attempts).toMatchObject([{ reason: 'serving-a-retry' }]);
  });
});

describe('a retry that is not sent costs nothing', () => {
  test('if the call is cancelled during its wait', async () => {
    const { client, tokens } = await scene([DOWN], 10, { retry: { base: 5 } });
    const page = new AbortController();

    const onRetry = (): void => {
      setImmediate(() => {
        page.abort();
      });
    };
    const error = await failure(client.get('/', { signal: page.signal, retry: { onRetry } }));

    expect(error).toMatchObject({ code: 'CANCELLED', retries: 0 });
    expect(tokens()).toBe(10);
  });

  test('if there is no token', async () => {
    let asked = 0;
    const token = (): string => {
      asked += 1;
      if (asked > 1) throw new Error('the issuer is away');
      return 'first';
    };
    const { client, tokens } = await scene([DOWN], 10, { token });

    expect(await failure(client.get('/'))).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retries: 0 });
    expect(tokens()).toBe(10);
  });

  test.each<[string, (config: object) => Error, number]>([
    ['an error', () => new Error('broken'), 1],
    // It passes for a failure of the service, so that it is retried, too.
    ["axios's error", (config) => new AxiosError('reset', 'ECONNRESET', config as never), 4],
  ])('if a plugin throws %s before it', async (_, makeError, runs) => {
    let started = 0;
    const plugin: Plugin = {
      name: 'broken',
      ring: 'attempt',
      install(http) {
        http.interceptors.request.use((config) => {
          started += 1;
          if (started > 1) throw makeError(config);
          return config;
        });
      },
    };
    const { api, client, tokens } = await scene([DOWN], 10, { plugins: [plugin] });

    const error = await failure(client.get('/'));

    expect(error.attempts).toHaveLength(1);
    expect([api.requests.length, tokens()]).toEqual([1, 10]);
    expect(started - 1).toBeLessThanOrEqual(runs);
  });
});

test('`onRetry` is told of a retry before its wait, and not of one that the budget refuses', async () => {
  const onRetry = jest.fn();
  const { client } = await scene([DOWN], 2, { retry: { onRetry } });

  await failure(client.get('/'));

  expect(onRetry).toHaveBeenCalledTimes(2);
});
