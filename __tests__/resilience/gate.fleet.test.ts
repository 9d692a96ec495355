import { Gate, gateTicket, staysTooLong } from '../../src/resilience/gate';
import { seeded, Timeline } from '../support/timeline';

interface Reply {
  readonly status: number;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Milliseconds until the response. */
  readonly takes: number;
}

interface Scene {
  /** Milliseconds at which calls begin. */
  readonly arrivals: readonly number[];
  readonly service: (now: number) => Reply;
  readonly gate?: boolean;
  readonly seed?: number;
}

/** Calls with the retries of the contract, in virtual time. */
function play({ arrivals, service, gate: hasGate = true, seed = 1 }: Scene) {
  const time = new Timeline();
  const random = seeded(seed);
  const gate = new Gate();
  const sent: number[] = [];
  const latencies: number[] = [];
  let failed = 0;
  let delayed = 0;

  const attempt = (startedAt: number, retries: number, hasWaited: boolean): void => {
    const ticket = gateTicket(time.now, 'one', 30_000, hasWaited);
    const go = (): void => {
      const wait = hasGate ? gate.ask(time.now, ticket, random()) : 0;
      if (wait > 0 && staysTooLong(time.now, ticket, wait)) failed += 1;
      else if (wait > 0) time.after(wait, go);
      else send(startedAt, retries, time.now > ticket.arrivedAt);
    };
    go();
  };
  const send = (startedAt: number, retries: number, wasHeld: boolean): void => {
    if (wasHeld) delayed += 1;
    const sentAt = time.now;
    sent.push(sentAt);
    const { status, retryAfter, takes } = service(sentAt);
    time.after(takes, () => {
      if (status === 200) {
        gate.succeeded(time.now, sentAt, 'one');
        latencies.push(time.now - startedAt);
        return;
      }
      if (retryAfter !== undefined) gate.refused(time.now, { status, retryAfter, sentAt, key: 'one' });
      if (retries === 3) failed += 1;
      else {
        const wait = Math.max(retryAfter ?? 0, 0.5 * 2 ** retries) * 1000;
        time.after(wait, () => {
          attempt(startedAt, retries + 1, retryAfter !== undefined);
        });
      }
    });
  };
  const begin = (index: number): void => {
    const at = arrivals[index];
    if (at === undefined) return;
    time.at(at, () => {
      begin(index + 1);
      attempt(at, 0, false);
    });
  };
  begin(0);
  time.runUntil(120_000);
  latencies.sort((a, b) => a - b);
  const within = (from: number, to: number) => sent.filter((at) => at >= from && at < to).length;
  return {
    within,
    failed,
    delayed,
    succeeded: latencies.length,
    p99: latencies[Math.ceil(latencies.length * 0.99) - 1],
  };
}

/** Calls at the same distance, in milliseconds. */
const every = (gap: number, calls: number, from = 0): number[] =>
  Array.from({ length: calls }, (_, index) => from + index * gap);

const refusesUntil =
  (end: number, status: number, takes: number, begin = 0) =>
  (now: number): Reply =>
    now >= begin && now < end ? { status, retryAfter: 5, takes } : { status: 200, takes };

test.each([
  [503, 2, 6],
  [503, 20, 8],
  [429, 2, 1],
  [429, 20, 3],
])(
  'of 200 calls to a service that sends %i and Retry-After: 5 within %i ms, %i are sent in those 5 s',
  (status, takes, most) => {
    const fleet = play({ arrivals: every(10, 200), service: refusesUntil(5_000, status, takes) });

    expect(fleet.within(0, 5_000)).toBeLessThanOrEqual(most);
    expect(fleet).toMatchObject({ succeeded: 200, failed: 0 });
    expect(fleet.p99).toBeLessThan(5_200);
  },
);

test('without the gate, all of them are sent', () => {
  const fleet = play({ arrivals: every(10, 200), service: refusesUntil(5_000, 503, 2), gate: false });

  expect(fleet.within(0, 5_000)).toBe(200);
});

test('a service that was healthy until then is believed after eight 503s', () => {
  const fleet = play({ arrivals: every(10, 400), service: refusesUntil(7_000, 503, 2, 2_000) });

  expect(fleet.within(2_000, 7_000)).toBe(8);
  expect(fleet.failed).toBe(0);
});

test('after the gate opens, requests come at twice the rate of the calls', () => {
  const fleet = play({ arrivals: every(10, 400), service: refusesUntil(5_000, 429, 2) });
  const halves = [5_000, 5_500, 6_000, 6_500].map((from) => fleet.within(from, from + 500));

  for (const requests of halves.slice(0, 3)) expect(requests).toBeLessThanOrEqual(110);
  expect(fleet).toMatchObject({ succeeded: 400, failed: 0 });
});

test.each([2, 10, 100])('one bad replica of five, picked at random, holds back no call (one every %i ms)', (gap) => {
  const random = seeded(7);
  const service = (): Reply =>
    random() < 0.2 ? { status: 503, retryAfter: 5, takes: 5 } : { status: 200, takes: 20 + 60 * random() };

  expect(play({ arrivals: every(gap, 500), service }).delayed).toBe(0);
});

test('a burst that one replica refuses before the others respond holds back no call', () => {
  const service = replicas();

  expect(play({ arrivals: [...every(0, 100), ...every(10, 100, 10)], service }).delayed).toBe(0);
});

/** Five, in turn; the first sends 503. */
function replicas() {
  let turn = 0;
  return (): Reply => (turn++ % 5 === 0 ? { status: 503, retryAfter: 5, takes: 5 } : { status: 200, takes: 60 });
}
