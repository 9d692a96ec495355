import { Pacing, pacingTicket } from '../../src/resilience/pacing';
import { parseRateLimits } from '../../src/response/rate-limit-headers';
import { seeded, Timeline } from '../support/timeline';

/** Says whether it takes a request, and what its headers are then. */
type Limiter = (now: number) => { readonly ok: boolean; readonly headers: Record<string, string> };

/** Refills evenly; seconds are rounded up, as most implementations do. */
function tokenBucket(rate: number, size = rate): Limiter {
  let tokens = size;
  let at = 0;
  return (now) => {
    tokens = Math.min(size, tokens + ((now - at) / 1000) * rate);
    at = now;
    const ok = tokens >= 1;
    if (ok) tokens -= 1;
    const reset = Math.max(1, Math.ceil((size - tokens) / rate));
    return {
      ok,
      headers: {
        RateLimit: `"default";r=${Math.floor(tokens)};t=${reset}`,
        'RateLimit-Policy': `"default";q=${size};w=1`,
      },
    };
  };
}

/** Begins anew every `length` milliseconds. */
function fixedWindow(quota: number, length: number, start = 0): Limiter {
  let window = -1;
  let used = 0;
  return (now) => {
    const current = Math.floor((now + start) / length);
    if (current !== window) used = 0;
    window = current;
    const ok = used < quota;
    if (ok) used += 1;
    const reset = Math.ceil(((current + 1) * length - (now + start)) / 1000);
    return { ok, headers: { ratelimit: `default;r=${quota - used};t=${reset}` } };
  };
}

interface Scene {
  readonly limiter: Limiter;
  /** Milliseconds at which each client's calls begin. */
  readonly clients: readonly (readonly number[])[];
  readonly paced?: boolean;
  readonly seed?: number;
  readonly end?: number;
}

/** Calls with round trips of 5 to 50 ms. */
function play({ limiter, clients, paced = true, seed = 1, end = 120_000 }: Scene) {
  const time = new Timeline();
  const random = seeded(seed);
  const waits: number[] = [];
  let refused = 0;
  let lastDone = 0;

  for (const arrivals of clients) {
    const pacing = new Pacing();
    const call = (): void => {
      const ticket = pacingTicket('one');
      const arrivedAt = time.now;
      const go = (): void => {
        const wait = paced ? pacing.ask(time.now, ticket) : 0;
        if (wait > 0) {
          time.after(wait, go);
          return;
        }
        waits.push(time.now - arrivedAt);
        const trip = 5 + 45 * random();
        time.after(trip * random(), () => {
          const { ok, headers } = limiter(time.now);
          if (!ok) refused += 1;
          time.after(trip / 2, () => {
            lastDone = time.now;
            pacing.heard(time.now, 'one', ticket.stamp, parseRateLimits(headers));
          });
        });
      };
      go();
    };
    const begin = (index: number): void => {
      const at = arrivals[index];
      if (at === undefined) return;
      time.at(at, () => {
        begin(index + 1);
        call();
      });
    };
    begin(0);
  }
  time.runUntil(end);
  waits.sort((a, b) => a - b);
  return {
    refused,
    sent: waits.length,
    lastDone,
    longest: waits[waits.length - 1] ?? 0,
    median: waits[waits.length >> 1] ?? 0,
  };
}

/** Calls at the same distance, in milliseconds. */
const every = (gap: number, calls: number, from = 0): number[] =>
  Array.from({ length: calls }, (_, index) => from + index * gap);

/** Bursts of calls at once. */
const bursts = (size: number, gap: number, count: number, from = 1_000): number[] =>
  Array.from({ length: size * count }, (_, index) => from + Math.floor(index / size) * gap);

const six = (clients: number): number[][] =>
  Array.from({ length: clients }, (_, index) => every(12.5 * clients, 480 / clients, index * 5));

test.each([1, 2, 3])('a bucket of 50/s, 80 calls/s for 6 s: no more than 5 responses are a 429 (seed %i)', (seed) => {
  const scene = { limiter: tokenBucket(50), clients: six(1), seed };
  const paced = play(scene);

  expect(paced.sent).toBe(480);
  expect(paced.refused).toBeLessThanOrEqual(5);
  expect(paced.lastDone).toBeLessThan(10_500);
  expect(play({ ...scene, limiter: tokenBucket(50), paced: false }).refused).toBeGreaterThan(100);
});

test('a rate that the service takes waits for nothing', () => {
  expect(play({ limiter: tokenBucket(50), clients: [every(25, 400)] })).toMatchObject({ refused: 0, longest: 0 });
});

test.each<[string, number, Scene]>([
  ['a bucket of 10 that refills at 50/s', 0, { limiter: tokenBucket(50, 10), clients: six(1) }],
  ['a window of a second', 12, { limiter: fixedWindow(50, 1_000, 300), clients: six(1) }],
  ['a window of ten seconds', 0, { limiter: fixedWindow(100, 10_000), clients: [every(80, 300)] }],
  ['bursts of 40 calls each second', 0, { limiter: tokenBucket(50), clients: [bursts(40, 1_000, 8)] }],
  [
    'bursts of 100 calls, more than the bucket holds',
    5,
    { limiter: tokenBucket(50), clients: [[0, ...bursts(100, 3_000, 4)]] },
  ],
  ['three clients that share a bucket', 0, { limiter: tokenBucket(50), clients: six(3) }],
  ['three clients that share a window', 25, { limiter: fixedWindow(50, 1_000), clients: six(3) }],
])('429s of %s: at most %i', (_, most, scene) => {
  const { refused, sent } = play(scene);

  expect(sent).toBe(scene.clients.flat().length);
  expect(refused).toBeLessThanOrEqual(most);
});

test('a service that stops to send the headers is asked as before, a while later', () => {
  const bucket = tokenBucket(5);
  const limiter: Limiter = (now) => (now < 2_000 ? bucket(now) : { ok: true, headers: {} });

  expect(play({ limiter, clients: [every(50, 40), every(10, 100, 30_000)] })).toMatchObject({ sent: 140 });
});
