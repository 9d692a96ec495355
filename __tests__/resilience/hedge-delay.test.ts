import { HedgeDelay } from '../../src/resilience/hedge-delay';
import { randomFrom } from '../support/random';

const P95 = { quantile: 0.95, minimumCalls: 20 };

// Looked up once: globals are slow inside of Jest.
const { cos, exp, log, PI, sqrt } = Math;

type Times = () => number;

/** Response times around a median, as services have them. `spread` 0.15: 19 of 20 lie below 1.28 times the median. */
function around(median: number, random: () => number, spread = 0.15): Times {
  return () => {
    const normal = sqrt(-2 * log(1 - random())) * cos(2 * PI * random());
    return median * exp(spread * normal);
  };
}

function record(delay: HedgeDelay, calls: number, times: Times): HedgeDelay {
  for (let call = 0; call < calls; call += 1) delay.record(times());
  return delay;
}

/** The delay after each of `calls` more calls. */
function follow(delay: HedgeDelay, calls: number, times: Times): number[] {
  return Array.from({ length: calls }, () => record(delay, 1, times).delay() ?? NaN);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each([1, 20, 50])('there is no delay before %i calls were measured', (minimumCalls) => {
  const delay = new HedgeDelay({ quantile: 0.95, minimumCalls });

  expect(record(delay, minimumCalls - 1, () => 10).delay()).toBeUndefined();
  expect(record(delay, 1, () => 10).delay()).toBeCloseTo(10, -1);
});

test.each([
  [0.5, 0.15, 10],
  [0.9, 0.15, 12.1],
  [0.95, 0.15, 12.8],
  [0.95, 0.5, 22.8],
  [0.95, 1, 51.8],
  [0.99, 0.15, 14.2],
])(
  'the %d quantile of times with a spread of %d around 10 ms is %d ms, within a tenth',
  (quantile, spread, expected) => {
    const delay = new HedgeDelay({ quantile, minimumCalls: 20 });
    const times = around(10, randomFrom(7), spread);
    record(delay, 1000, times);
    const found = mean(follow(delay, 10_000, times));

    expect(found / expected).toBeGreaterThan(0.9);
    expect(found / expected).toBeLessThan(1.1);
  },
);

test.each([1, 2, 3])('1 response in 50 that takes 500 ms leaves it near 10 ms (%i)', (seed) => {
  const random = randomFrom(seed);
  const usual = around(10, random);
  const delays = follow(new HedgeDelay(P95), 10_000, () => (random() < 0.02 ? 500 : usual())).slice(100);

  expect(mean(delays)).toBeLessThan(16);
  expect(Math.max(...delays)).toBeLessThan(40);
});

test.each([
  ['ten times slower', 10, 100, 20],
  ['a hundred times slower', 10, 1000, 30],
  ['ten times faster', 100, 10, 200],
  ['a hundred times faster', 1000, 10, 300],
])('a service that becomes %s for good is followed', (_, before, after, calls) => {
  const random = randomFrom(3);
  const delay = record(new HedgeDelay(P95), 3000, around(before, random));
  record(delay, calls, around(after, random));

  expect(delay.delay()).toBeGreaterThan(after);
  expect(delay.delay()).toBeLessThan(after * 1.8);
});

test('three connections that took 200 ms to open do not spoil the start', () => {
  const delay = record(new HedgeDelay(P95), 3, () => 200);
  record(delay, 147, around(10, randomFrom(1)));

  expect(delay.delay()).toBeLessThan(20);
});

test('a stall of 100 calls at once is forgotten after some hundred', () => {
  const times = around(10, randomFrom(2));
  const delay = record(new HedgeDelay(P95), 1000, times);

  expect(record(delay, 100, () => 1000).delay()).toBeLessThan(1100);
  expect(record(delay, 300, times).delay()).toBeLessThan(20);
});

test('a row of slow responses is followed in ever longer steps, but not beyond the time they took', () => {
  const delay = record(new HedgeDelay(P95), 1000, () => 10);
  const delays = follow(delay, 20, () => 100);

  expect(delays[7]).toBeGreaterThan(30);
  expect(Math.max(...delays)).toBeLessThan(110);
  expect(delays[19]).toBeGreaterThanOrEqual(100);
});

test('it never falls below the shortest timer, and rises from there', () => {
  const delay = record(new HedgeDelay(P95), 10_000, () => 0);

  expect(delay.delay()).toBe(1);
  expect(record(delay, 50, () => 100).delay()).toBeGreaterThan(50);
});

test('a leg that lost counts as slower, unless it was cancelled too soon to tell', () => {
  const delay = record(new HedgeDelay(P95), 50, () => 10);
  const before = delay.delay() ?? NaN;

  delay.recordLost(before / 2);
  expect(delay.delay()).toBe(before);
  delay.recordLost(before * 1.01);
  expect(delay.delay()).toBeCloseTo(before * 1.095);
});

/** Calls one after another, as hedging makes them: the leg that loses is cancelled, and its time never known. */
function hedged(
  calls: number,
  times: Times,
): { readonly requests: number; readonly p99: number; readonly delays: number[] } {
  const hedgeDelay = new HedgeDelay(P95);
  const took: number[] = [];
  const delays: number[] = [];
  let requests = 0;
  for (let call = 0; call < calls; call += 1) {
    const first = times();
    const delay = hedgeDelay.delay() ?? Infinity;
    delays.push(delay);
    requests += 1;
    if (first <= delay) {
      hedgeDelay.record(first);
      took.push(first);
      continue;
    }
    requests += 1;
    const second = delay + times();
    if (first <= second) hedgeDelay.record(first);
    else hedgeDelay.recordLost(second);
    took.push(Math.min(first, second));
  }
  took.sort((a, b) => a - b);
  return { requests: requests / calls, p99: took[Math.floor(calls * 0.99)] ?? NaN, delays };
}

test.each([
  ['around 10 ms', 0.15, 0.02],
  ['of exactly 10 ms', 0, 0.02],
  ['widely around 10 ms', 0.5, 0.02],
  ['around 10 ms, none slow', 0.15, 0],
])('times %s, 1 in 50 of 500 ms: p99 within 60 ms for 8 % more requests', (_, spread, slow) => {
  const random = randomFrom(11);
  const usual = around(10, random, spread);
  const { requests, p99, delays } = hedged(10_000, () => (random() < slow ? 500 : usual()));

  expect(p99).toBeLessThan(60);
  expect(requests).toBeLessThan(1.08);
  expect(mean(delays.slice(5000))).toBeGreaterThan(10);
});
