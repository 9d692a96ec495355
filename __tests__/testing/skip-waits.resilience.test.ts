import { assertCalls, mockClient, skipWaits } from '../../src/testing/index';
import type { HTTPClientOptions } from '../../src/index';

const URL = 'http://user-service:8000/users';

const advance = (milliseconds: number): void => {
  jest.advanceTimersByTime(milliseconds);
};

afterEach(() => {
  jest.useRealTimers();
});

// node:test moves only the timers.
describe.each([
  ['with', []],
  ['without', ['performance'] as const],
])('with faked timers, %s performance.now()', (_, doNotFake) => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', ...doNotFake] });
  });

  test('the pause that a service asks for is skipped', async () => {
    const client = mockClient([{ status: 429, headers: { 'Retry-After': '30' } }, { body: 'well' }]);

    const [first, second] = await skipWaits(
      client.get(URL).then(async (one) => [one, await client.get(URL)] as const),
      advance,
    );

    expect([first.data, first.retries, second.data]).toEqual(['well', 1, 'well']);
  });

  test('calls behind the pause go on', async () => {
    const client = mockClient([{ status: 429, headers: { 'Retry-After': '30' } }, { body: 'well' }], {
      retryAttempts: 1,
    });

    const first = client.get(URL);
    await new Promise((resolve) => setImmediate(resolve));
    const all = await skipWaits(Promise.all([first, client.get(URL), client.get(URL)]), advance);

    expect(all.map(({ data }) => data)).toEqual(['well', 'well', 'well']);
  });

  test.each<HTTPClientOptions>([{ rateLimit: { rate: 0.1 } }, { concurrency: { limit: 1 } }])(
    'the waits of %j are skipped',
    async (options) => {
      const client = mockClient([{ delay: 1 }], options);

      await skipWaits(Promise.all([client.get(URL), client.get(URL), client.get(URL)]), advance);

      assertCalls(client, [{}, {}, {}]);
    },
  );

  test('the delay of pacing is skipped', async () => {
    const headers = { RateLimit: '"default";r=1;t=5', 'RateLimit-Policy': '"default";q=100;w=60' };
    const client = mockClient([{ headers }], { backpressure: { rateLimit: true } });
    await skipWaits(client.get(URL), advance);

    await skipWaits(Promise.all([client.get(URL), client.get(URL), client.get(URL)]), advance);

    expect(client.calls).toHaveLength(4);
  });

  test('a hedge is made at once', async () => {
    const client = mockClient([{ delay: Infinity }, {}], { hedging: { delay: 2 } });

    await skipWaits(client.get(URL), advance);

    assertCalls(client, [{ hedged: true }]);
  });
});
