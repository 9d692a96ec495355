import { Gate, gateTicket, staysTooLong, type Pushback } from '../../src/resilience/gate';
import type { GateTicket } from '../../src/resilience/gate-closure';

const LONGEST = 30_000;
const pushback = (status: number, retryAfter: number, more: Partial<Pushback> = {}): Pushback => ({
  status,
  retryAfter,
  sentAt: Infinity,
  key: 'alice',
  ...more,
});

/** Closed for alice from 0 to 10 s. */
function closedGate(): Gate {
  const gate = new Gate();
  gate.refused(0, pushback(429, 10));
  return gate;
}

function arrive(
  gate: Gate,
  now: number,
  { key = 'alice', longest = LONGEST, random = 0 } = {},
): GateTicket & { wait: number } {
  const ticket = gateTicket(now, key, longest);
  return Object.assign(ticket, { wait: gate.ask(now, ticket, random) });
}

function refuseAll(gate: Gate, times: readonly number[], retryAfter = 10): void {
  for (const now of times) gate.refused(now, pushback(503, retryAfter));
}

describe('what closes it', () => {
  test('a 429 at once, for the credentials of its request', () => {
    const gate = closedGate();

    expect(gate.isOpen).toBe(false);
    expect(arrive(gate, 1_000).wait).toBe(9_000);
    expect(arrive(gate, 1_000, { key: 'bob' }).wait).toBe(0);
  });

  test('three 503s in a row, for all credentials', () => {
    const gate = new Gate();
    refuseAll(gate, [0, 100]);
    expect(gate.isOpen).toBe(true);
    refuseAll(gate, [200]);

    expect(arrive(gate, 200, { key: 'bob' }).wait).toBe(10_000);
  });

  test('not 503s with a success in between', () => {
    const gate = new Gate();
    refuseAll(gate, [0, 100]);
    gate.succeeded(150, 0, '');
    refuseAll(gate, [2_200, 2_300]);

    expect(gate.isOpen).toBe(true);
  });

  test('only the eighth 503 in a row within two seconds of a success', () => {
    const gate = new Gate();
    gate.succeeded(0, 0, '');
    refuseAll(gate, [10, 20, 30, 40, 50, 60, 70]);
    expect(gate.isOpen).toBe(true);
    refuseAll(gate, [80]);

    expect(gate.isOpen).toBe(false);
  });

  test('503s of requests that were under way at the first one count as one', () => {
    const gate = new Gate();
    for (const now of [100, 200, 300, 400]) gate.refused(now, pushback(503, 10, { sentAt: 0 }));

    expect(gate.isOpen).toBe(true);
  });

  test('a row that takes less than 50 ms does not count', () => {
    const gate = new Gate();
    refuseAll(gate, [0, 10, 20, 49]);
    expect(gate.isOpen).toBe(true);
    refuseAll(gate, [50]);

    expect(gate.isOpen).toBe(false);
  });

  test('no response that is another than 429 and 503', () => {
    const gate = new Gate();
    for (const now of [0, 100, 200]) gate.refused(now, pushback(500, 10));

    expect(gate.isOpen).toBe(true);
  });
});

describe('the queue', () => {
  test('the first goes when the gate opens, the others half of their distance later', () => {
    const gate = closedGate();

    expect([0, 100, 4_100].map((now) => now + arrive(gate, now).wait)).toEqual([10_000, 10_050, 12_050]);
  });

  test('up to 10 % of the time in the queue comes on top', () => {
    const gate = closedGate();
    arrive(gate, 0);

    expect(arrive(gate, 4_000, { random: 0.5 }).wait).toBe(6_000 + 2_000 + 100);
  });

  test('who comes while it drains is behind the others', () => {
    const gate = closedGate();
    arrive(gate, 0);
    arrive(gate, 8_000);

    expect(11_000 + arrive(gate, 11_000).wait).toBe(15_500);
  });

  test('who comes after the last has gone does not wait', () => {
    const gate = closedGate();
    arrive(gate, 0);
    arrive(gate, 4_000);

    expect(arrive(gate, 12_000).wait).toBe(0);
    expect(gate.isOpen).toBe(true);
  });

  test('a call that asks after its wait goes', () => {
    const gate = closedGate();
    const [first, second] = [arrive(gate, 0), arrive(gate, 2_000)];

    expect(gate.ask(10_000, first, 0)).toBe(0);
    expect(gate.ask(10_500, second, 0)).toBe(500);
    expect(gate.ask(10_999.5, second, 0)).toBe(0);
  });

  test('a call that has waited for its own Retry-After goes when the gate opens, ahead of the queue', () => {
    const gate = closedGate();
    arrive(gate, 0);
    const retry = gateTicket(9_000, 'alice', LONGEST, true);

    expect(gate.ask(9_000, retry, 0)).toBe(1_000);
    expect(arrive(gate, 9_500).wait).toBe(500 + 4_750);
  });

  test('places are kept when the gate closes again while it drains', () => {
    const gate = closedGate();
    const tickets = [0, 1_000, 6_000, 8_000].map((now) => arrive(gate, now));
    // At 12 s, those who came before 4 s have gone.
    gate.refused(12_000, pushback(429, 3));

    expect(tickets.map((ticket) => 12_000 + gate.ask(12_000, ticket, 0))).toEqual([15_000, 15_000, 16_000, 17_000]);
  });

  test('places are kept under another closure', () => {
    const gate = closedGate();
    const tickets = [0, 1_000].map((now) => arrive(gate, now));
    refuseAll(gate, [2_000, 2_050, 2_100], 20);

    expect(tickets.map((ticket) => 2_100 + gate.ask(2_100, ticket, 0))).toEqual([22_100, 22_600]);
  });
});

describe('how long it stays closed', () => {
  test.each([
    ['longer', 20, 21_000],
    ['shorter', 2, 10_000],
  ])('a later response with a %s Retry-After', (_, retryAfter, opensAt) => {
    const gate = closedGate();
    gate.refused(1_000, pushback(429, retryAfter));

    expect(2_000 + arrive(gate, 2_000).wait).toBe(opensAt);
  });

  test('the stricter of two closures counts', () => {
    const gate = closedGate();
    refuseAll(gate, [0, 100, 200], 5);
    expect(arrive(gate, 200).wait).toBe(9_800);
    refuseAll(gate, [300], 20);

    expect(arrive(gate, 300).wait).toBe(20_000);
  });

  test('a success of a request that was sent before does not open it', () => {
    const gate = closedGate();
    gate.succeeded(100, -1, 'alice');

    expect(arrive(gate, 200).wait).toBe(9_800);
  });

  test('a success of a later request opens it, and the queue drains', () => {
    const gate = closedGate();
    const [first, second] = [arrive(gate, 0), arrive(gate, 1_000)];
    gate.succeeded(2_000, 1_500, 'alice');

    expect(gate.ask(2_000, first, 0)).toBe(0);
    expect(gate.ask(2_000, second, 0)).toBe(500);
  });

  test('a success opens a closure for all credentials, and none of other credentials', () => {
    const gate = closedGate();
    refuseAll(gate, [0, 100, 200], 20);
    gate.succeeded(300, 250, 'bob');

    expect(arrive(gate, 300, { key: 'bob' }).wait).toBe(0);
    expect(arrive(gate, 300).wait).toBe(9_700);
  });

  test('after it opened, the next 503 closes it again until a call succeeds', () => {
    const gate = new Gate();
    refuseAll(gate, [0, 100, 200], 10);
    expect(arrive(gate, 10_200).wait).toBe(0);
    refuseAll(gate, [10_300], 1);

    expect(arrive(gate, 10_300).wait).toBe(1_000);
  });
});

describe('a closure that is too long for a call', () => {
  test('refuses it, and keeps no place for it', () => {
    const gate = new Gate();
    gate.refused(0, pushback(429, 55));
    for (const now of [0, 10_000, 20_000]) {
      const ticket = arrive(gate, now);
      expect(staysTooLong(now, ticket, ticket.wait)).toBe(true);
    }

    expect([30_000, 31_000].map((now) => now + arrive(gate, now).wait)).toEqual([55_000, 55_500]);
    expect(arrive(gate, 55_600).wait).toBe(0);
  });

  test('counts all of its time at the gate', () => {
    const gate = closedGate();
    const ticket = arrive(gate, 0);
    expect(staysTooLong(0, ticket, ticket.wait)).toBe(false);
    gate.refused(9_000, pushback(429, 22));
    const wait = gate.ask(10_000, ticket, 0);

    expect(wait).toBe(21_000);
    expect(staysTooLong(10_000, ticket, wait)).toBe(true);
  });

  test('forgets those that give up before it opens', () => {
    const gate = closedGate();
    arrive(gate, 0);
    gate.refused(1_000, pushback(429, 100));

    expect([71_000, 73_000].map((now) => now + arrive(gate, now).wait)).toEqual([101_000, 102_000]);
  });

  test('lets one call a minute through, to see whether the service is back', () => {
    const gate = new Gate();
    gate.refused(0, pushback(429, 3_600));
    const waits = [59_000, 60_000, 60_001, 119_999, 120_000].map((now) => arrive(gate, now).wait > 0);

    expect(waits).toEqual([true, false, true, true, false]);
    gate.succeeded(120_050, 120_000, 'alice');
    expect(arrive(gate, 120_060).wait).toBe(0);
  });
});

test('the closures of four credentials are remembered; the one that ends first makes room', () => {
  const gate = new Gate();
  for (const [index, key] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    gate.refused(0, pushback(429, key === 'b' ? 1 : 10 + index, { key }));
  }

  expect(['a', 'b', 'c', 'd', 'e'].map((key) => arrive(gate, 0, { key }).wait)).toEqual([
    10_000, 0, 12_000, 13_000, 14_000,
  ]);
  expect(arrive(gate, 20_000).wait).toBe(0);
  expect(gate.isOpen).toBe(true);
});
