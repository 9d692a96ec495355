import { setImmediate as turn } from 'node:timers/promises';
import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import { fakeRateLimitStore, type FakeRateLimitStore } from '../support/rate-limit-store';

/** Milliseconds; it stands still unless a test moves it. */
let now = 0;
let store: FakeRateLimitStore;

beforeEach(() => {
  now = 0;
  store = fakeRateLimitStore(() => now);
});

function newLimit({ rate = 10, burst = 1, maxWait = Infinity } = {}): SharedRateLimit {
  return new SharedRateLimit(store, 'key', { rate, burst, maxWait }, () => now);
}

/** Requests that come at the same time. */
async function reserve(limit: SharedRateLimit, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, async () => limit.reserve(now)));
}

/** Processes that always have `width` requests to send, from now until `end`; when each request is sent. */
async function sendAll(limits: readonly SharedRateLimit[], width: number, end: number): Promise<number[]> {
  const sent: number[] = [];
  const waiting: { at: number; limit: SharedRateLimit }[] = [];
  const wanted = limits.flatMap((limit) => Array<SharedRateLimit>(width).fill(limit));
  const start = now;
  for (const limit of wanted) waiting.push({ at: start, limit });
  for (let isFirst = wanted.length; ; isFirst--) {
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    if (next === undefined || next.at > end) return sent;
    now = Math.max(now, next.at);
    if (isFirst <= 0) sent.push(next.at);
    waiting.push({ at: await next.limit.reserve(now), limit: next.limit });
    // What the store replies to a process that does not wait for it.
    await turn();
  }
}

/** How many were sent in each second from `from` on. */
function perSecond(sent: readonly number[], from: number, seconds: number): number[] {
  return Array.from({ length: seconds }, (_, i) => {
    const start = from + i * 1000;
    return sent.filter((at) => at >= start && at < start + 1000).length;
  });
}

const down = async (): Promise<never> => Promise.reject(new Error('the store is down'));

test('requests that come together share one request to the store, in their order', async () => {
  const limit = newLimit();

  expect(await reserve(limit, 3)).toEqual([0, 100, 200]);
  expect(store.requests.map(({ count }) => count)).toEqual([3]);
});

test('requests that come while the store is asked share the next one', async () => {
  const limit = newLimit();
  const first = limit.reserve(0);
  await Promise.resolve();
  const others = reserve(limit, 3);

  expect(await first).toBe(0);
  expect(await others).toEqual([100, 200, 300]);
  expect(store.requests.map(({ count }) => count)).toEqual([1, 3]);
});

test('processes take the slots of one schedule', async () => {
  const [one, other] = [newLimit(), newLimit()];

  expect(await reserve(one, 2)).toEqual([0, 100]);
  expect(await reserve(other, 2)).toEqual([200, 300]);
  expect(await reserve(one, 1)).toEqual([400]);
});

test('a slot that was leased ahead is there without a promise', async () => {
  const limit = newLimit({ rate: 1000 });
  for (now = 0; now < 2; now++) await limit.reserve(now);

  expect([limit.reserve(2), limit.reserve(2)]).toEqual([2, 3]);
  expect(limit.nextAt(2)).toBe(4);
  expect(store.requests.map(({ count }) => count)).toEqual([1, 26]);
});

test('a slot that was not used within 50 ms is lost', async () => {
  const limit = newLimit({ rate: 1000 });
  for (now = 0; now < 2; now++) await limit.reserve(now);

  expect(limit.reserve(26 + 50)).toBe(76);
  expect(limit.reserve(27 + 50)).toBeInstanceOf(Promise);
});

test('a quiet time earns a burst for all processes together', async () => {
  const [one, other] = [newLimit({ burst: 3 }), newLimit({ burst: 3 })];
  now = 1000;

  expect(await reserve(one, 2)).toEqual([1000, 1000]);
  expect(await reserve(other, 2)).toEqual([1000, 1100]);
});

test('4 processes that want more keep the rate together, each with its part of it', async () => {
  const limits = Array.from({ length: 4 }, () => newLimit({ rate: 100 }));

  const sent = await sendAll(limits, 5, 5000);

  expect(perSecond(sent, 500, 4)).toEqual([100, 100, 100, 100]);
  expect(store.requests.length / sent.length).toBeLessThan(0.6);
});

describe('a request that has to be sent early', () => {
  test('is refused if its slot is later than the longest wait', async () => {
    const limit = newLimit({ maxWait: 0.25 });

    expect(await reserve(limit, 5)).toEqual([0, 100, 200, Infinity, Infinity]);
    expect(limit.nextAt(0)).toBe(300);
    now = 50;
    expect(await limit.reserve(now)).toBe(300);
  });

  test('is refused if its slot is later than its deadline, and another request gets the slot', async () => {
    const limit = newLimit();
    const requests = [Infinity, 150, 50, 150].map(async (deadline) => limit.reserve(0, deadline));

    expect(await Promise.all(requests)).toEqual([0, 100, Infinity, Infinity]);
    expect(limit.reserve(0, 199)).toBe(Infinity);
    expect(limit.reserve(0)).toBe(200);
  });

  test('is refused without the store if the next slot of the process is later', async () => {
    const limit = newLimit({ maxWait: 0 });
    await reserve(limit, 2);
    const { length } = store.requests;

    expect(limit.reserve(10)).toBe(Infinity);
    expect(store.requests).toHaveLength(length);
    expect(limit.reserve(100)).toBe(100);
  });
});

describe('a slot that is given back', () => {
  test('goes to the next request of the process', async () => {
    const limit = newLimit();
    await reserve(limit, 3);

    limit.giveBack(100, 10);

    expect(limit.reserve(10)).toBe(100);
  });

  test('at once, is free for a moment', async () => {
    const limit = newLimit();
    await reserve(limit, 1);

    limit.giveBack(0, 10);

    expect(limit.reserve(20)).toBe(20);
  });

  test('goes back to the store if it is far away, with all others that are given back together', async () => {
    const limit = newLimit();
    await reserve(limit, 6);
    const giveBack = jest.spyOn(store, 'giveBack');

    for (const at of [500, 100, 400, 300, 200]) limit.giveBack(at, 10);
    now = 10;
    await turn();

    expect(giveBack.mock.calls).toEqual([['key', [490, 390, 290], 100]]);
    expect([limit.reserve(10), limit.reserve(10)]).toEqual([100, 200]);
    await reserve(limit, 6);
    limit.giveBack(700, 10);
    await turn();
    expect(store.returned.at(-1)).toBe(690);
  });

  test('stays with the process if another request needs it in the same turn', async () => {
    const limit = newLimit();
    await reserve(limit, 6);

    limit.giveBack(500, 0);
    const next = limit.reserve(0);
    await turn();

    expect(next).toBe(500);
    expect(store.returned).toEqual([]);
  });

  test('is lost if the store fails', async () => {
    const limit = newLimit();
    await reserve(limit, 6);
    store.giveBack = down;

    limit.giveBack(500, 0);
    await turn();

    expect(await limit.reserve(0)).toBe(600);
  });
});

describe('when the store fails', () => {
  /** Two processes of which each has a slot. */
  async function two(rate = 10): Promise<[SharedRateLimit, SharedRateLimit]> {
    const limits: [SharedRateLimit, SharedRateLimit] = [newLimit({ rate }), newLimit({ rate })];
    for (const limit of [...limits, ...limits]) await limit.reserve(now);
    return limits;
  }

  test('a process continues with its share, after the slots that it knows of', async () => {
    const [one] = await two();
    store.instead = down;

    expect(await reserve(one, 3)).toEqual([300, 500, 700]);
    expect(one.nextAt(0)).toBe(900);
  });

  test('it is asked once a second, and no request waits for that', async () => {
    const [one] = await two();
    store.instead = down;
    await one.reserve(0);
    const { length } = store.requests;

    for (now = 10; now <= 3010; now += 100) {
      expect(one.reserve(now)).toEqual(expect.any(Number));
      await turn();
    }

    expect(store.requests.length - length).toBe(3);
  });

  test('slots that a process has already stay with it and are used', async () => {
    const [one] = await two();
    const [, , , last = 0] = await reserve(one, 4);
    store.instead = down;
    const [, , alone = 0] = await reserve(one, 3);

    one.giveBack(last, 0);
    await turn();

    expect(store.returned).toEqual([]);
    expect([one.reserve(0), one.reserve(0)]).toEqual([last, alone + 200]);
  });

  test('a slot that is given back is free again', async () => {
    const [one] = await two();
    store.instead = down;
    const [, last = 0] = await reserve(one, 2);

    one.giveBack(last, 0);

    expect(one.reserve(0)).toBe(last);
  });

  test('the longest wait and the deadline hold', async () => {
    const limit = newLimit({ maxWait: 0.25 });
    store.instead = down;

    expect(await reserve(limit, 4)).toEqual([0, 100, 200, Infinity]);
    now = 100;
    expect(limit.reserve(now, 299)).toBe(Infinity);
    expect(limit.reserve(now, 300)).toBe(300);
  });

  test.each([
    ['nothing', async () => Promise.resolve(undefined as never)],
    ['no slot, without a reason', async () => Promise.resolve({ slots: [NaN], next: NaN, members: 1 })],
    ['slots of long ago', async () => Promise.resolve({ slots: [-9999], next: 0, members: 1 })],
  ])('because it replies with %s, no request hangs', async (_, reply) => {
    const limit = newLimit();
    store.instead = reply;

    expect(await reserve(limit, 2)).toEqual([0, 100]);
  });

  test('because it does not reply, requests wait for a second at most', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const limit = newLimit();
    store.instead = async () => new Promise(() => undefined);

    const waiting = reserve(limit, 2);
    await jest.advanceTimersByTimeAsync(1000);
    jest.useRealTimers();

    expect(await waiting).toEqual([0, 100]);
  });

  test('processes keep the rate together, also while it recovers without memory', async () => {
    const limits = Array.from({ length: 4 }, () => newLimit({ rate: 100 }));
    await sendAll(limits, 5, 2000);
    store.instead = down;
    const during = await sendAll(limits, 5, 5000);
    store.instead = undefined;
    store.forget();
    const after = await sendAll(limits, 5, 9000);

    for (const count of perSecond(during, 2500, 2)) expect(Math.abs(count - 100)).toBeLessThanOrEqual(5);
    for (const count of perSecond(after, 5500, 3)) expect(Math.abs(count - 100)).toBeLessThanOrEqual(5);
  });
});
