import type { RequestConfig } from '../../src/admission/checkpoint';
import { RateCheckpoint } from '../../src/admission/rate-checkpoint';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { OriginState } from '../../src/resilience/origin-state';
import { resolveRateLimit } from '../../src/resilience/rate-limit-options';
import { isCallNotPermitted, isDeadlineExceeded, isRequestCancelled } from '../../src/index';
import { expectNoTimerLeft, failure, timers } from '../support/outcome';
import { ENTRANCES, leftOver, NOTHING, watched } from '../support/origin-scene';
import { fakeRateLimitStore } from '../support/rate-limit-store';
import { service } from '../support/service';

/** The second request waits for 50 s. */
const RARE = { rate: 0.02 };

describe.each(ENTRANCES)('above the rate, %s', (_, send) => {
  test('is refused at once where the wait is longer than maxWait', async () => {
    const api = await service();
    const { client, origins } = watched({ rateLimit: { ...RARE, maxWait: 2 } });
    await send(client, api.url);

    const error = await failure(send(client, `${api.url}/users`));

    expect(isCallNotPermitted(error)).toBe(true);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', sent: 'no', retryable: false, attempts: [] });
    expect(error.retryAfter).toBeGreaterThan(49);
    expect(error.message.replace(/[\d.]+ s$/, 'x s')).toBe(
      `GET ${api.url}/users: \`rateLimit\` lets 0.02 requests/s through to ${api.url}, and 2 s is the longest wait; the next turn is in x s`,
    );
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('is refused as the client that came first to the shared origins limits it', async () => {
    const api = await service();
    const { client, origins } = watched({ rateLimit: { ...RARE, maxWait: 2 } });
    await send(client, api.url);
    const other = watched({ rateLimit: { rate: 50 }, origins }).client;

    const error = await failure(send(other, api.url));

    expect(error.code).toBe('RATE_LIMITED');
    expect(error.retryAfter).toBeGreaterThan(49);
    expect(error.message).toMatch(
      `\`rateLimit\` lets 0.02 requests/s through to ${api.url}, and 2 s is the longest wait; the next turn is in`,
    );
  });

  test('fails at once where its deadline comes before its turn', async () => {
    const api = await service();
    const { client } = watched({ rateLimit: RARE });
    await send(client, api.url);

    const error = await failure(send(client, api.url, { deadline: 20 }));

    expect(isDeadlineExceeded(error)).toBe(true);
    expect(error.message).toMatch('the deadline of 20 s comes before its turn under the rate limit');
    expect(error.elapsed).toBeLessThan(5);
  });

  test('is cancelled while it waits, and leaves its turn to the next', async () => {
    const api = await service();
    const { client, origins } = watched({ rateLimit: RARE });
    await send(client, api.url);
    const controller = new AbortController();
    const cancelled = failure(send(client, api.url, { signal: controller.signal }));
    while (leftOver(origins).inUse === 0) await new Promise(setImmediate);
    controller.abort();

    expect(isRequestCancelled(await cancelled)).toBe(true);
    expect(leftOver(origins)).toEqual(NOTHING);
    const { rateLimit } = [...origins.values()][0] ?? {};
    expect(rateLimit?.nextAt(0)).toBeLessThan(performance.now() + 50_000);
  });
});

test.each([
  ['maxWait', { maxWait: 0.3 }, {}],
  ['the deadline', {}, { deadline: 0.3 }],
])('a call waits for a turn that comes before %s', async (_, limit, options) => {
  const api = await service();
  const { client } = watched({ rateLimit: { rate: 4, ...limit } });
  await client.get(api.url);

  // In 250 ms at the latest.
  await expect(client.get(api.url, options)).resolves.toMatchObject({ status: 200 });
});

test('retryAfter is the time until the next turn', async () => {
  const api = await service();
  const { client } = watched({ rateLimit: { ...RARE, maxWait: 2 } });
  await client.get(api.url);

  const { retryAfter } = await failure(client.get(api.url));

  expect(retryAfter).toBeGreaterThan(40);
  expect(retryAfter).toBeLessThanOrEqual(50);
});

test('requests go at the rate, and retries are requests', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const { client } = watched({ rateLimit: { rate: 10 }, retryAttempts: 1 });

  await Promise.all([client.get(api.url), client.get(api.url)]);

  expect(api.requests).toHaveLength(3);
  // Of 200 ms; on a busy machine, the first may arrive late, and the last in time.
  expect(Number(api.requests[2]?.at) - Number(api.requests[0]?.at)).toBeGreaterThan(100);
});

test('a call whose token cannot be fetched leaves its turn to the next', async () => {
  const api = await service();
  let hasToken = false;
  const token = (): string => {
    if (hasToken) return 'x';
    throw new Error('no token');
  };
  const { client } = watched({ rateLimit: { ...RARE, maxWait: 1 }, token });
  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  hasToken = true;

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
});

test('a call that is refused for want of a slot leaves its turn to the next', async () => {
  const api = await service([{ delay: 20 }]);
  const { client } = watched({ rateLimit: { ...RARE, burst: 2, maxWait: 1 }, concurrency: { limit: 1, queue: 0 } });

  const [first, second] = await Promise.allSettled([client.get(api.url), client.get(api.url)]);

  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'QUEUE_FULL' } });
  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
});

describe('with a store', () => {
  const clock = (): number => performance.now();

  test('requests take their turns from it', async () => {
    const api = await service();
    const store = fakeRateLimitStore(clock);
    const { client, origins } = watched({ rateLimit: { rate: 1000, store } });

    await Promise.all([client.get(api.url), client.get(api.url)]);

    expect(store.requests).toMatchObject([{ interval: 1 }]);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('a call is cancelled while the store is silent, and the turn that comes late is given back', async () => {
    const api = await service();
    const store = fakeRateLimitStore(clock);
    let reply = (): void => undefined;
    store.instead = async () =>
      new Promise((resolve) => {
        reply = () => {
          resolve({ slots: [500], next: 1000, members: 1 });
        };
      });
    const { client, origins } = watched({ rateLimit: { rate: 2, store } });
    const before = timers();
    const controller = new AbortController();
    const askedAt = performance.now();
    const cancelled = failure(client.get(api.url, { signal: controller.signal }));
    while (store.requests.length === 0) await new Promise(setImmediate);
    controller.abort();

    expect(isRequestCancelled(await cancelled)).toBe(true);
    expect(leftOver(origins)).toEqual(NOTHING);
    reply();
    while (store.returned.length === 0) await new Promise(setImmediate);

    const passed = performance.now() - askedAt;
    expect(store.returned[0]).toBeGreaterThan(499 - passed);
    expect(store.returned[0]).toBeLessThan(501);
    expect(api.requests).toHaveLength(0);
    await expectNoTimerLeft(before);
  });

  test('a call ends at its deadline while the store is silent', async () => {
    const api = await service();
    const store = fakeRateLimitStore(clock);
    store.instead = async () => new Promise(() => undefined);
    const { client } = watched({ rateLimit: { rate: 2, store } });

    const error = await failure(client.get(api.url, { deadline: 0.01 }));

    expect(isDeadlineExceeded(error)).toBe(true);
    expect(error.elapsed).toBeLessThan(0.9);
  });

  test('a store that fails fails no call', async () => {
    const api = await service();
    const store = fakeRateLimitStore(clock);
    store.instead = async () => Promise.reject(new Error('down'));
    const { client } = watched({ rateLimit: { rate: 1000, store } });

    await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  });
});

test('what waits to be sent, because it is late, counts for maxWait', () => {
  const settings = resolveRateLimit({ rate: 10, maxWait: 2 });
  if (!settings) throw new Error('there is a limit');
  const origin = new OriginState('http://api');
  const enter = (limit: number): unknown =>
    new RateCheckpoint(settings).enter(
      Object.assign(new AttemptState(new Call('GET', 'http://api', limit)), { origin }),
      {} as RequestConfig,
    );
  const sends = origin.sendsOf(settings);
  const leave = Array.from({ length: 50 }, () => sends.join(() => undefined, performance.now()));

  const refused = enter(Infinity);
  for (const one of leave) one();

  return expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.closeTo(5, 1) as unknown });
});

test('an attempt that has to begin again gives its turn back first', () => {
  const settings = resolveRateLimit({ rate: 1, burst: 2 });
  if (!settings) throw new Error('there is a limit');
  const attempt = new AttemptState(new Call('GET', 'http://api'));
  attempt.origin = new OriginState('http://api');
  const checkpoint = new RateCheckpoint(settings);
  const config = { url: 'http://api' } as RequestConfig;

  void checkpoint.enter(attempt, config);
  checkpoint.stepBack(attempt);
  void checkpoint.enter(attempt, config);

  // One of the two is free: its attempt has had one turn, not two.
  expect(attempt.origin.rateLimit?.nextAt(performance.now())).toBeLessThanOrEqual(performance.now());
});
