import { Pacing, pacingTicket } from '../../src/resilience/pacing';

const limit = (remaining: number, reset: number, policy = 'default', quota?: number) => ({
  policy,
  remaining,
  reset,
  quota,
});

/** What a new call is told; it goes if that is 0. */
const ask = (pacing: Pacing, now: number, key = 'alice'): number => pacing.ask(now, pacingTicket(key));

/** After one request whose response, at 0, named these limits. */
function told(...limits: ReturnType<typeof limit>[]): Pacing {
  const pacing = new Pacing();
  pacing.heard(0, 'alice', pacing.pass(), limits);
  return pacing;
}

test('without limits nobody waits', () => {
  const pacing = told();

  expect(pacing.isIdle).toBe(true);
  expect([0, 0, 0].map((now) => ask(pacing, now))).toEqual([0, 0, 0]);
});

test('with most of the quota left nobody waits', () => {
  const pacing = told(limit(90, 10, 'default', 100));

  expect(pacing.isIdle).toBe(false);
  expect([0, 0, 0].map((now) => ask(pacing, now))).toEqual([0, 0, 0]);
});

test('what remains is spread over the time to the reset', () => {
  const pacing = told(limit(10, 4, 'default', 100));

  expect(ask(pacing, 0)).toBe(0);
  // Nine are left for four seconds.
  expect(ask(pacing, 0)).toBeCloseTo(4_000 / 9);
  expect(ask(pacing, 0)).toBeCloseTo(8_000 / 9);
});

test('a call that has waited goes, in the order of the first asks', () => {
  const pacing = told(limit(10, 4, 'default', 100));
  ask(pacing, 0);
  const [first, second] = [pacingTicket('alice'), pacingTicket('alice')];
  const wait = pacing.ask(0, first);
  pacing.ask(0, second);

  expect(pacing.ask(wait, second)).toBeGreaterThan(0);
  expect(pacing.ask(wait, first)).toBe(0);
});

test.each([
  ['near, until it', 1, [0, 0]],
  ['far, for a second: one request in each second finds out', 3_600, [0, 1_000]],
])('with nothing left, a call waits for the reset: %s', (_, reset, waits) => {
  const pacing = told(limit(0, reset, 'default', 100));
  const [first, second] = [pacingTicket('alice'), pacingTicket('alice')];

  expect([first, second].map((ticket) => pacing.ask(0, ticket))).toEqual([1_000, 1_000]);
  expect([first, second].map((ticket) => pacing.ask(1_000, ticket))).toEqual(waits);
});

test('seconds are rounded up: the earliest time that the responses of a window name is right', () => {
  const pacing = told(limit(2, 1, 'default', 100));
  ask(pacing, 0);
  pacing.heard(600, 'alice', 2, [limit(0, 1, 'default', 100)]);

  expect(ask(pacing, 700)).toBe(300);
});

test('a response to an earlier request is no news', () => {
  const pacing = told(limit(90, 10, 'default', 100));
  ask(pacing, 0);
  ask(pacing, 0);
  pacing.heard(10, 'alice', 3, [limit(88, 10, 'default', 100)]);
  pacing.heard(20, 'alice', 2, [limit(0, 10, 'default', 100)]);

  expect(ask(pacing, 20)).toBe(0);
});

test('requests that were sent after the one with the response count as taken', () => {
  const pacing = told(limit(90, 10, 'default', 100));
  for (let sent = 0; sent < 10; sent += 1) ask(pacing, 0);
  pacing.heard(10, 'alice', 2, [limit(9, 10, 'default', 100)]);

  expect(ask(pacing, 10)).toBe(1_000);
});

test('the strictest of several policies counts', () => {
  const pacing = told(limit(40, 1, 'second', 50), limit(0, 1, 'hour', 100));

  expect(ask(pacing, 0)).toBe(1_000);
});

test('of more than three policies, those with the least pace count', () => {
  const pacing = told(...[50, 40, 30, 20, 0].map((left, index) => limit(left, 10, `p${index}`, 50)));

  expect(ask(pacing, 0)).toBe(1_000);
});

test('limits of other credentials do not matter', () => {
  expect(ask(told(limit(0, 10)), 0, 'bob')).toBe(0);
});

test('the limits of four credentials are remembered', () => {
  const pacing = new Pacing();
  const keys = ['a', 'b', 'c', 'd', 'e'];
  for (const [now, key] of keys.entries()) pacing.heard(now, key, 0, [limit(0, 10)]);

  expect(keys.map((key) => ask(pacing, 10, key) > 0)).toEqual([false, true, true, true, true]);
});

test('without news a limit is forgotten', () => {
  const pacing = told(limit(0, 1));
  expect(ask(pacing, 5_000)).toBe(0);
  ask(pacing, 10_001);

  expect(pacing.isIdle).toBe(true);
});
