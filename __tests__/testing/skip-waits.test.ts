import { mockClient, skipWaits } from '../../src/testing/index';
import { testOfLeanCore } from '../support/lean-only';
import { failure } from '../support/outcome';

const URL = 'http://user-service:8000/users';
const CONTRACT = { retry: { base: 0.5 } };

/** Wall time of this process, which no fake clock changes. */
const hrtime = process.hrtime.bigint.bind(process.hrtime);

describe('with the fake timers of Jest', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const advance = (milliseconds: number): unknown => jest.advanceTimersByTimeAsync(milliseconds);

  test('the waits of the contract pass at once', async () => {
    const client = mockClient([{ status: 503 }, { status: 503 }, { status: 503 }, { json: [] }], CONTRACT);
    const [start, fakeStart] = [hrtime(), Date.now()];

    expect(await skipWaits(client.getJson(URL), advance)).toEqual([]);

    expect(client.calls[0]?.attempts.map(({ wait }) => wait)).toEqual([0.5, 1, 2, undefined]);
    expect(Date.now() - fakeStart).toBeGreaterThanOrEqual(3500);
    expect(Date.now() - fakeStart).toBeLessThan(3700);
    expect(Number(hrtime() - start) / 1e9).toBeLessThan(3);
  });

  test('synchronous advances do too, and a call may fail', async () => {
    const client = mockClient([{ status: 429, headers: { 'Retry-After': '20' } }], { retryAttempts: 1 });

    const call = skipWaits(client.get(URL), (milliseconds) => {
      jest.advanceTimersByTime(milliseconds);
    });

    expect(await failure(call)).toMatchObject({ code: 'TOO_MANY_REQUESTS', retries: 1, attempts: [{ wait: 20 }, {}] });
  });

  test('time limits run on the same clock', async () => {
    const client = mockClient([{ delay: 60 }], { timeout: 5, retryAttempts: 1, ...CONTRACT });
    const start = Date.now();

    expect(await failure(skipWaits(client.get(URL), advance))).toMatchObject({ code: 'TIMEOUT', retries: 1 });
    expect(Date.now() - start).toBeGreaterThanOrEqual(10_500);
    expect(await failure(skipWaits(client.get(URL, { deadline: 2 }), advance))).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
  });

  // A call begins in the step in which it is made; through axios, some promises later.
  testOfLeanCore('a call that needs no time ends without any', async () => {
    const start = Date.now();

    await skipWaits(mockClient().get(URL), advance);

    expect(Date.now()).toBe(start);
  });
});

test('a clock that stands still is told of', async () => {
  const never = new Promise(() => undefined);

  await expect(skipWaits(never, () => undefined)).rejects.toThrow('are the timers faked');
});

test.each<[unknown, unknown, string]>([
  [undefined, () => undefined, 'The call must be a promise, as client.get(…) returns it, got undefined'],
  [
    async () => mockClient().get(URL),
    () => undefined,
    'The call must be a promise, as client.get(…) returns it, got a function',
  ],
  [Promise.resolve(), undefined, '`advance` must be a function that moves the fake clock, got undefined'],
])('%p and %p are refused', async (call, advance, message) => {
  await expect(skipWaits(call as never, advance as never)).rejects.toThrow(new TypeError(message));
});
