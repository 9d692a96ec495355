import { Circuit, NO_PERMIT, type CircuitPermit } from '../../src/resilience/circuit';
import { resolveCircuitBreaker, type CircuitBreakerOptions } from '../../src/resilience/circuit-options';
import type { Outcome } from '../../src/resilience/outcome';
import { randomFrom } from '../support/random';

const TIMEOUT = 2000;
const noRandom = (): number => 0;

/** A circuit whose clock is set by hand, in seconds. */
class Clocked {
  readonly circuit: Circuit;
  now = 100;

  constructor(options: CircuitBreakerOptions = {}) {
    const settings = resolveCircuitBreaker(options);
    if (settings === false) throw new Error('off');
    this.circuit = new Circuit(settings);
  }

  get state(): string {
    return this.circuit.state(this.now * 1000);
  }

  get retryAfter(): number {
    return this.circuit.retryAfter(this.now * 1000);
  }

  admit(leaseFor = TIMEOUT): CircuitPermit {
    return this.circuit.admit(this.now * 1000, leaseFor);
  }

  settle(permit: CircuitPermit, outcome: Outcome, elapsed = 0.01, random = noRandom): this {
    this.circuit.settle(permit, outcome, elapsed * 1000, this.now * 1000, random);
    return this;
  }

  /** Attempts that end at once. */
  make(count: number, outcome: Outcome, elapsed?: number): this {
    for (let made = 0; made < count; made += 1) this.settle(this.admit(), outcome, elapsed);
    return this;
  }

  after(seconds: number): this {
    this.now += seconds;
    return this;
  }
}

const open = (options?: CircuitBreakerOptions): Clocked => new Clocked(options).make(20, 'failure');

describe('when it opens', () => {
  test.each([
    ['12 failures of 20', 8, 12, 'open'],
    ['11 failures of 20', 9, 11, 'closed'],
    ['19 failures of 19: fewer than minimumCalls', 0, 19, 'closed'],
    ['60 of 100', 40, 60, 'open'],
  ])('%s', (_, successes, failures, state) => {
    expect(new Clocked().make(successes, 'success').make(failures, 'failure').state).toBe(state);
  });

  test('a share that binary fractions cannot hold is reached exactly', () => {
    expect(new Clocked({ failureRatio: 0.55 }).make(9, 'success').make(11, 'failure').state).toBe('open');
  });

  test('a success does not open it, even as the attempt that makes up the number', () => {
    const clocked = new Clocked().make(19, 'failure').make(1, 'success');

    expect(clocked.state).toBe('closed');
    expect(clocked.make(1, 'failure').state).toBe('open');
  });

  test('what is neither success nor failure does not count', () => {
    expect(new Clocked().make(19, 'failure').make(100, 'neither').state).toBe('closed');
  });

  test('a success that took longer than slowAfter counts as a failure', () => {
    expect(new Clocked({ slowAfter: 1 }).make(20, 'success', 1).state).toBe('closed');
    expect(new Clocked({ slowAfter: 1 }).make(20, 'success', 1.001).state).toBe('open');
    expect(new Clocked({ slowAfter: 1 }).make(20, 'neither', 5).state).toBe('closed');
  });
});

describe('the window', () => {
  test.each([
    [8.9, 'open'],
    [10, 'closed'],
    [11, 'closed'],
    [1e6, 'closed'],
  ])('10 failures and, %d s later, 10 more: %s', (seconds, state) => {
    expect(new Clocked().make(10, 'failure').after(seconds).make(10, 'failure').state).toBe(state);
  });

  test('what has left it is forgotten slice by slice, successes too', () => {
    const clocked = new Clocked().make(30, 'success');
    for (let second = 0; second < 9; second += 1) clocked.after(1).make(2, 'failure');
    expect(clocked.state).toBe('closed');

    expect(clocked.after(1).make(2, 'failure').state).toBe('open');
  });
});

describe('while it is open', () => {
  test('nothing is admitted for openFor, and the time left is told', () => {
    const clocked = open();

    expect(clocked.circuit.isOpen).toBe(true);
    expect([clocked.admit(), clocked.retryAfter]).toEqual([NO_PERMIT, 5]);
    expect([clocked.after(4).admit(), clocked.retryAfter]).toEqual([NO_PERMIT, 1]);
    expect([clocked.after(1).state, clocked.retryAfter, clocked.circuit.isOpen]).toEqual(['half-open', 0, true]);
    expect(clocked.admit()).not.toBe(NO_PERMIT);
  });

  test('a closed one lets all through at once', () => {
    expect(new Clocked()).toMatchObject({ state: 'closed', retryAfter: 0, circuit: { isOpen: false } });
  });

  test('up to a tenth is added at random', () => {
    const clocked = new Clocked().make(19, 'failure');
    clocked.settle(clocked.admit(), 'failure', 0, () => 0.5);

    expect(clocked.retryAfter).toBe(5.25);
  });

  test('each failed probe doubles the time, up to maxOpenFor; success brings back the first', () => {
    const clocked = open();
    const waits = [];
    for (let probe = 0; probe < 6; probe += 1) {
      waits.push(clocked.retryAfter);
      clocked.after(clocked.retryAfter).make(1, 'failure');
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);

    clocked.after(60).make(1, 'success').make(20, 'failure');
    expect(clocked.retryAfter).toBe(5);
  });
});

describe('probes', () => {
  test('one is under way at a time; its success closes the circuit', () => {
    const clocked = open().after(5);
    const probe = clocked.admit();

    expect(clocked.admit()).toBe(NO_PERMIT);
    expect(clocked.settle(probe, 'success').state).toBe('closed');
  });

  test.each([
    [0, 19, 'closed'],
    [0, 20, 'open'],
    [9, 11, 'closed'],
    [8, 12, 'open'],
  ])('after it has closed, the count begins anew: %i successes, %i failures, %s', (successes, failures, state) => {
    const clocked = open().after(5).make(1, 'success');

    expect(clocked.make(successes, 'success').make(failures, 'failure').state).toBe(state);
  });

  test('a slow probe is a failed one', () => {
    expect(open({ slowAfter: 1 }).after(5).make(1, 'success', 2).state).toBe('open');
  });

  test('one that ends without a verdict gives its lease back, and neither opens nor closes', () => {
    const clocked = open().after(5);
    clocked.settle(clocked.admit(), 'neither');

    expect([clocked.state, clocked.retryAfter]).toEqual(['half-open', 0]);
    expect(clocked.make(1, 'success').state).toBe('closed');
  });

  test('one that is lost is replaced after the timeout of its attempt', () => {
    const clocked = open().after(5);
    const lost = clocked.admit(2000);

    expect(clocked.after(1.9).admit()).toBe(NO_PERMIT);
    const next = clocked.after(0.1).admit();
    expect(next).not.toBe(NO_PERMIT);
    expect(clocked.settle(lost, 'failure').state).toBe('half-open');
    expect(clocked.settle(next, 'success').state).toBe('closed');
  });

  test('one that comes late, but before another took its place, still counts', () => {
    const clocked = open().after(5);
    const late = clocked.admit(2000);

    expect(clocked.after(60).settle(late, 'success').state).toBe('closed');
  });

  test('one without a timeout is lost after maxOpenFor', () => {
    const clocked = open().after(5);
    clocked.admit(Infinity);

    expect(clocked.after(59.9).admit()).toBe(NO_PERMIT);
    expect(clocked.after(0.1).admit()).not.toBe(NO_PERMIT);
  });

  test('while one is under way, the wait is until it is lost, but no longer than openFor', () => {
    const clocked = open().after(5);
    clocked.admit(2000);
    expect([clocked.retryAfter, clocked.after(1.5).retryAfter]).toEqual([2, 0.5]);

    clocked.after(0.5).admit(30_000);
    expect(clocked.retryAfter).toBe(5);
  });

  test('of three, all must succeed', () => {
    const clocked = open({ probes: 3 }).after(5);
    const [a, b, c] = [clocked.admit(1000), clocked.admit(), clocked.admit()];

    expect(clocked.admit()).toBe(NO_PERMIT);
    clocked.settle(b, 'success').after(1);
    // Now `a` is lost, and does not count for what remains to wait.
    const d = clocked.admit();
    expect([clocked.admit(), clocked.retryAfter]).toEqual([NO_PERMIT, 1]);
    expect(clocked.settle(a, 'success').settle(c, 'success').state).toBe('half-open');
    expect(clocked.settle(d, 'success').state).toBe('closed');
  });

  test('of three, the first that fails opens the circuit; the others no longer count', () => {
    const clocked = open({ probes: 3 }).after(5);
    const probes = [clocked.admit(), clocked.admit(), clocked.admit()];

    probes.forEach((probe) => clocked.settle(probe, 'failure'));
    expect([clocked.state, clocked.retryAfter]).toEqual(['open', 10]);
  });

  test('its outcome counts once', () => {
    const clocked = open({ probes: 2 }).after(5);
    const probe = clocked.admit();

    expect(clocked.settle(probe, 'success').settle(probe, 'success').state).toBe('half-open');
    const last = clocked.admit();
    clocked.settle(last, 'success');
    for (let again = 0; again < 20; again += 1) clocked.settle(last, 'failure');
    expect(clocked.state).toBe('closed');
  });
});

test.each([
  ['while open', 0, 'open'],
  ['while half-open', 5, 'half-open'],
] as const)('an attempt from before the opening that ends %s counts for nothing', (_, seconds, state) => {
  const clocked = new Clocked();
  const early = clocked.admit();
  clocked.make(20, 'failure').after(seconds);

  expect(clocked.settle(early, 'success').settle(early, 'failure').state).toBe(state);
  expect(clocked.after(5 - seconds).make(1, 'success').state).toBe('closed');
  for (let late = 0; late < 100; late += 1) clocked.settle(early, 'failure');
  expect(clocked.state).toBe('closed');
});

test('an attempt that was not admitted has no outcome', () => {
  const clocked = open().after(5).settle(NO_PERMIT, 'success');

  expect(clocked.state).toBe('half-open');
});

test.each([1, 2, 3, 4])('after any history (%i) time and healthy attempts close it', (seed) => {
  const random = randomFrom(seed);
  const clocked = new Clocked({ probes: 1 + (seed % 3), minimumCalls: 5, slowAfter: 1 });
  const underWay: CircuitPermit[] = [];
  const seen = new Set<string>();
  const waits: number[] = [];
  for (let step = 0; step < 1000; step += 1) {
    clocked.after(random() < 0.95 ? random() : random() * 60);
    const permit = clocked.admit(random() < 0.1 ? Infinity : random() * 30_000);
    if (permit !== NO_PERMIT) underWay.push(permit);
    const [ended] = underWay.splice(Math.floor(random() * underWay.length * 3), 1);
    const outcome = random() < 0.6 ? 'failure' : random() < 0.7 ? 'success' : 'neither';
    if (ended !== undefined) clocked.settle(ended, outcome, random() * 1.2, random);
    seen.add(clocked.state);
    waits.push(clocked.retryAfter);
  }
  expect(Math.min(...waits)).toBe(0);
  expect(Math.max(...waits)).toBeLessThanOrEqual(66);
  expect(seen).toEqual(new Set(['closed', 'open', 'half-open']));

  expect(clocked.after(66).make(3, 'success').state).toBe('closed');
});

test('it has reached half-open with its first probe, not as soon as one may go', () => {
  const clocked = open();
  const { circuit } = clocked;
  expect([circuit.reached, clocked.after(6).state, circuit.reached]).toEqual(['open', 'half-open', 'open']);

  const probe = clocked.admit();
  expect(circuit.reached).toBe('half-open');
  clocked.settle(probe, 'failure');
  expect(circuit.reached).toBe('open');

  clocked.after(20).settle(clocked.admit(), 'success');
  expect(circuit.reached).toBe('closed');
});
