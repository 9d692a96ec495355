import { RateLimit } from '../../src/resilience/rate-limit';

/** The rate of all tests but the last: a slot every 100 ms. */
function tenPerSecond({ burst = 1, maxWait = Infinity, start = -Infinity } = {}): RateLimit {
  return new RateLimit({ rate: 10, burst, maxWait }, start);
}

function reserve(limit: RateLimit, count: number, now: number): number[] {
  return Array.from({ length: count }, () => limit.reserve(now));
}

test('requests that come together are evenly spaced', () => {
  expect(reserve(tenPerSecond(), 4, 1000)).toEqual([1000, 1100, 1200, 1300]);
});

test('a request within the rate goes at once', () => {
  const limit = tenPerSecond();

  expect([0, 100, 250, 10_000].map((now) => limit.reserve(now))).toEqual([0, 100, 250, 10_000]);
});

test('a request that comes too early waits for its slot', () => {
  const limit = tenPerSecond();

  expect([0, 30, 99].map((now) => limit.reserve(now))).toEqual([0, 100, 200]);
});

test('a quiet time earns a burst, and no more than that', () => {
  const limit = tenPerSecond({ burst: 3 });

  expect(reserve(limit, 5, 0)).toEqual([0, 0, 0, 100, 200]);
  expect(reserve(limit, 4, 400)).toEqual([400, 400, 500, 600]);
  expect(reserve(limit, 4, 60_000)).toEqual([60_000, 60_000, 60_000, 60_100]);
});

test('there is no slot before the start', () => {
  expect(reserve(tenPerSecond({ start: 500 }), 2, 0)).toEqual([500, 600]);
});

test('a request that would wait for too long is refused, and takes no slot', () => {
  const limit = tenPerSecond({ maxWait: 0.25 });

  expect(reserve(limit, 5, 0)).toEqual([0, 100, 200, Infinity, Infinity]);
  expect(limit.nextAt(0)).toBe(300);
  expect(limit.reserve(50)).toBe(300);
});

test('a request whose slot would be after its deadline is refused, and takes no slot', () => {
  const limit = tenPerSecond();
  limit.reserve(0);

  expect(limit.reserve(0, 99)).toBe(Infinity);
  expect(limit.reserve(0, 100)).toBe(100);
});

test('a limit that never waits lets through what has a slot at once', () => {
  const limit = tenPerSecond({ burst: 2, maxWait: 0 });

  expect(reserve(limit, 3, 0)).toEqual([0, 0, Infinity]);
  expect(limit.reserve(100)).toBe(100);
});

test('it says when a request could be sent', () => {
  const limit = tenPerSecond();

  expect(limit.nextAt(5)).toBe(5);
  limit.reserve(5);
  expect(limit.nextAt(6)).toBe(105);
});

describe('a slot that is given back', () => {
  test('at once, is free again', () => {
    const limit = tenPerSecond();
    limit.giveBack(limit.reserve(0), 0);

    expect(limit.reserve(0)).toBe(0);
  });

  test('at the end of the queue, shortens the queue', () => {
    const limit = tenPerSecond();
    reserve(limit, 3, 0);

    limit.giveBack(200, 0);

    expect(reserve(limit, 2, 0)).toEqual([200, 300]);
  });

  test('in the middle of the queue, goes to the next request at its own time', () => {
    const limit = tenPerSecond();
    reserve(limit, 4, 0);

    limit.giveBack(200, 0);
    limit.giveBack(100, 0);

    expect(limit.nextAt(0)).toBe(100);
    expect(limit.reserve(0, 50)).toBe(Infinity);
    expect(reserve(limit, 3, 0)).toEqual([100, 200, 400]);
  });

  test('in the middle of the queue, is lost if its time passes', () => {
    const limit = tenPerSecond();
    reserve(limit, 4, 0);

    limit.giveBack(100, 0);

    expect(limit.nextAt(101)).toBe(400);
    expect(limit.reserve(101)).toBe(400);
  });

  test('after its time, is lost if others have slots after it', () => {
    const limit = tenPerSecond();
    reserve(limit, 3, 0);

    limit.giveBack(0, 50);

    expect(limit.reserve(50)).toBe(300);
  });

  test.each([
    ['the first first', (a: number, b: number) => a - b],
    ['the last first', (a: number, b: number) => b - a],
    ['in any order', (a: number, b: number) => Math.sin(a) - Math.sin(b)],
  ])('with all others of a queue of 1,000, %s, leaves no queue', (_, order) => {
    const limit = tenPerSecond();
    const [, ...queue] = reserve(limit, 1000, 0);

    for (const at of queue.sort(order)) limit.giveBack(at, 50);

    expect(reserve(limit, 2, 60)).toEqual([expect.closeTo(100), expect.closeTo(200)]);
  });
});

test('no window of time has more requests than the rate and a burst, after any history', () => {
  const random = seeded(13);
  for (let round = 0; round < 10; round++) {
    const burst = 1 + Math.floor(random() * 5);
    const limit = tenPerSecond({ burst });
    let reserved: number[] = [];
    let now = 0;
    for (let i = 0; i < 150; i++) {
      now += random() < 0.1 ? random() * 2000 : random() * 100;
      reserved.push(limit.reserve(now));
      if (random() < 0.3) {
        const waiting = reserved.filter((at) => at > now);
        const cancelled = waiting[Math.floor(random() * waiting.length)];
        if (cancelled !== undefined) limit.giveBack(cancelled, now);
        reserved = reserved.filter((at) => at !== cancelled);
      }
    }
    reserved.sort((a, b) => a - b);
    const excess = reserved.flatMap((from, i) => reserved.slice(i).map((to, j) => j + 1 - burst - (to - from) / 100));
    expect(excess.length).toBeGreaterThan(5000);
    expect(excess.reduce((most, one) => Math.max(most, one))).toBeLessThan(1e-6);
    expect(limit.reserve(now + 1_000_000)).toBe(now + 1_000_000);
  }
});

/** Mulberry32: numbers from 0 up to 1, the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
