import fc from 'fast-check';
import { PacingLane, type PacingTicket } from '../../src/resilience/pacing-lane';

const ticket = (): PacingTicket => ({ key: '', place: undefined, stamp: 0 });

test('after a reset, the next window is taken for as large as the last one', () => {
  const lane = new PacingLane('', 0, 0);
  lane.heard(0, 0, [{ policy: '', remaining: 9, reset: 1, quota: 10 }]);
  for (let sent = 0; sent < 3; sent += 1) lane.ask(0, ticket());

  expect(lane.ask(1_000, ticket())).toBe(0);
  // Not confirmed by a response: spread evenly.
  expect(lane.ask(1_000, ticket())).toBeCloseTo(1_000 / 9);
});

test('where others use up the limit too, one client takes only its share', () => {
  const alone = new PacingLane('', 0, 0);
  const shared = new PacingLane('', 0, 0);
  for (const [lane, others] of [[alone, 0], [shared, 3]] as const) {
    for (let sent = 1; sent <= 8; sent += 1) {
      const one = ticket();
      lane.ask(0, one);
      lane.heard(0, sent, [{ policy: '', remaining: 50 - sent * (1 + others), reset: 4, quota: 200 }]);
    }
  }
  const gap = (lane: PacingLane): number => {
    lane.ask(500, ticket());
    return lane.ask(500, ticket());
  };

  expect(gap(shared) / gap(alone)).toBeGreaterThan(4);
}); // prettier-ignore

test('of four limits, the three that were heard of last count', () => {
  const lane = new PacingLane('', 0, 0);
  lane.heard(0, 0, [{ policy: 'used up', remaining: 0, reset: 60, quota: 10 }]);
  const heard = (now: number, policy: string): void => {
    lane.heard(now, 0, [{ policy, remaining: 10, reset: 60, quota: 10 }]);
  };
  heard(1, 'second');
  heard(2, 'third');
  const waiting = ticket();
  expect(lane.ask(3, waiting)).toBe(997);

  heard(4, 'fourth');

  expect(lane.ask(5, waiting)).toBe(0);
});

const step = fc.record({
  pass: fc.constantFrom(0, 3, 200, 1_500, 20_000),
  kind: fc.constantFrom('ask', 'ask', 'hear'),
  remaining: fc.constantFrom(0, 1, 5, 40),
  reset: fc.constantFrom(0, 1, 30, 1_700_000_000),
  policy: fc.constantFrom('a', 'b', 'c', 'd'),
  late: fc.nat(5),
});

test('whatever the headers say, waits are at most a second, and a lone call goes after two asks', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const lane = new PacingLane('', 0, 0);
      let now = 0;
      for (const { pass, kind, late, ...limit } of steps) {
        now += pass;
        if (kind === 'hear') lane.heard(now, Math.max(0, lane.sent - late), [{ ...limit, quota: undefined }]);
        else {
          const wait = lane.ask(now, ticket());
          if (!(wait === 0 || (wait >= 1 && wait <= 1_000))) throw new Error(`waits ${wait} ms`);
        }
      }
      // Those that waited have left.
      now += steps.length * 1_000 + 1_000;
      const last = ticket();
      for (let asks = 0; ; asks += 1) {
        const wait = lane.ask(now, last);
        if (wait === 0) return;
        if (asks > 2) throw new Error('it is stuck');
        now += wait;
      }
    }),
    { numRuns: 200 },
  );
});
