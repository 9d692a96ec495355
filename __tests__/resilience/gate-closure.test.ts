import { GateClosure, type GateTicket } from '../../src/resilience/gate-closure';

const ticket = (arrivedAt: number, longestWait = 30_000): GateTicket => ({
  key: '',
  arrivedAt,
  longestWait,
  place: undefined,
});

function closed(now: number, until: number, arrivals: readonly number[] = []): GateClosure {
  const closure = new GateClosure('');
  closure.close(now, until);
  for (const at of arrivals) closure.admit(ticket(at), closure.nextPlace(at, 0));
  return closure;
}

test('without a queue it ends when it opens', () => {
  expect(closed(0, 5_000).endsAt).toBe(5_000);
});

test('a queue takes half of the time in which it formed', () => {
  expect(closed(0, 5_000, [1_000, 2_000, 5_000]).endsAt).toBe(7_000);
});

test.each([
  ['while it is closed, nobody has gone', 3_000, [10_000, 10_500, 12_000]],
  ['while it drains, those whose turn was have gone', 5_500, [10_000, 10_000, 11_500]],
  ['when it has drained, a new queue forms', 7_000, [10_000, 10_000, 10_000]],
])('closed again: %s', (_, now, turns) => {
  const closure = closed(0, 5_000, [1_000, 2_000, 5_000]);
  closure.close(now, 10_000);

  expect([1_000, 2_000, 5_000].map((place) => closure.turnOf(place))).toEqual(turns);
});

test('a call that does not queue does not prolong it', () => {
  const closure = closed(0, 5_000, [1_000]);
  const retry = ticket(2_000);
  closure.admit(retry, -Infinity);

  expect(retry.place).toBe(-Infinity);
  expect(closure.turnOf(-Infinity)).toBe(5_000);
  expect(closure.endsAt).toBe(5_000);
});

test('a probe is due once a minute', () => {
  const closure = closed(0, 1e6);

  expect([59_999, 60_000, 60_001, 119_999, 120_000].map((now) => closure.takeProbe(now))).toEqual([
    false,
    true,
    false,
    false,
    true,
  ]);
});
