import { priceOf, RetryBudget, type PricedFailure } from '../../src/resilience/retry-budget';
import { resolveRetryBudget, type RetryBudgetOptions } from '../../src/resilience/retry-budget-options';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('the price of a retry', () => {
  test.each<[string, Partial<PricedFailure>, number]>([
    ['a fast 503', { code: 'SERVER_ERROR', sent: 'yes' }, 1],
    ['a fast 429', { code: 'TOO_MANY_REQUESTS', sent: 'yes' }, 1],
    ['a connection that broke', { code: 'CONNECTION_RESET', sent: 'maybe' }, 1],
    ['a timeout', { code: 'TIMEOUT', sent: 'maybe' }, 4],
    ['a timeout in the body of a response', { code: 'TIMEOUT', sent: 'yes' }, 4],
    ['the timeout of a second attempt', { code: 'TIMEOUT', sent: 'maybe', retries: 1 }, 3],
    ['the timeout of a third attempt', { code: 'TIMEOUT', sent: 'maybe', retries: 2 }, 3],
    ['a 503 just below 1 s', { code: 'SERVER_ERROR', sent: 'yes', took: 0.999 }, 1],
    ['a gateway that has waited for 1 s', { code: 'SERVER_ERROR', sent: 'yes', took: 1 }, 4],
    ['a gateway that has waited for the second attempt', { code: 'SERVER_ERROR', sent: 'yes', took: 5, retries: 1 }, 3],
    ['a refused connection', { code: 'CONNECTION_REFUSED', sent: 'no' }, 0],
    ['a timeout before anything was sent', { code: 'TIMEOUT', sent: 'no', took: 5 }, 0],
    ['a 503 with Retry-After', { code: 'SERVER_ERROR', sent: 'yes', retryAfter: 2 }, 0],
    ['a slow 503 with Retry-After', { code: 'SERVER_ERROR', sent: 'yes', retryAfter: 2, took: 3 }, 0],
    ['a 503 with Retry-After: 0, which relieves nothing', { code: 'SERVER_ERROR', sent: 'yes', retryAfter: 0 }, 1],
  ])('%s', (_, failure, price) => {
    expect(priceOf({ code: 'SERVER_ERROR', sent: 'yes', ...failure })).toBe(price);
  });

  test("an exception's `elapsed`, which is the time of its whole call, does not make it slow", () => {
    const third = { code: 'SERVER_ERROR', sent: 'yes', retries: 2, elapsed: 1.6 } as const;

    expect(priceOf(third)).toBe(1);
  });
});

describe('a fresh process', () => {
  test('has its reserve', () => {
    expect(budgetOf().tokens(0)).toBe(10);
    expect(budgetOf({ reserve: 3 }).tokens(0)).toBe(3);
    expect(budgetOf({ reserve: 25 }).tokens(0)).toBe(25);
  });

  test('retries three calls in a row three times each', () => {
    const budget = budgetOf();

    expect(Array.from({ length: 11 }, () => budget.take(1, 0))).toEqual([...Array<boolean>(10).fill(true), false]);
  });

  test('retries one call three times that always times out, but not three calls that do so together', () => {
    const alone = budgetOf();
    const together = budgetOf();

    expect([0, 1, 2].map((retries) => alone.take(priceOf({ ...TIMED_OUT, retries }), 0))).toEqual([true, true, true]);
    expect([1, 2, 3].map(() => together.take(priceOf(TIMED_OUT), 0))).toEqual([true, true, false]);
  });

  test('has its reserve at whatever time the clock starts', () => {
    const start = 123_456_789.25;
    const budget = new RetryBudget(settingsOf({}), start);

    expect(budget.tokens(start)).toBe(10);
    succeed(budget, 1, start, start + 100);
    expect(budget.tokens(start + 100)).toBe(10);
  });
});

describe('what brings retries back', () => {
  test('a success earns the ratio', () => {
    const budget = emptied({ refill: 0 });

    budget.succeeded(0);
    expect(budget.tokens(0)).toBeCloseTo(0.2);
    for (let success = 2; success <= 5; success += 1) budget.succeeded(0);
    expect(budget.take(1, 0)).toBe(true);
    expect(budget.take(1, 0)).toBe(false);
  });

  test('time earns the refill', () => {
    const budget = emptied();

    expect(budget.take(1, 49 * SECOND)).toBe(false);
    expect(budget.take(1, 51 * SECOND)).toBe(true);
    expect(budget.take(1, 51 * SECOND)).toBe(false);
  });

  test('a retry that succeeds gives its price back', () => {
    const budget = budgetOf();

    for (let call = 0; call < 100; call += 1) {
      expect(budget.take(4, 0)).toBe(true);
      budget.giveBack(4);
    }
    expect(budget.tokens(0)).toBe(10);
  });

  test('giving back never leads above the most', () => {
    const budget = budgetOf();

    budget.giveBack(4);

    expect(budget.tokens(0)).toBe(10);
  });

  test('a refused retry costs nothing, and a free one is never refused', () => {
    const budget = budgetOf({ reserve: 2, refill: 0 });

    expect(budget.take(3, 0)).toBe(false);
    expect(budget.tokens(0)).toBe(2);
    expect([budget.take(2, 0), budget.take(0, 0)]).toEqual([true, true]);
  });
});

describe('the most that is saved up', () => {
  // Half of the reserve, and the successes of 2.8 s.
  test.each([
    [0.7, 10],
    [1, 10],
    [2, 10.6],
    [10, 33],
    [35, 103],
    [100, 285],
  ])('at %d successes a second: %d', (rate, most) => {
    const budget = budgetOf();

    succeed(budget, rate, 0, 10 * MINUTE);

    expect(budget.tokens(10 * MINUTE)).toBeCloseTo(most, 0);
  });

  // At a full second, the mean is that of the 9 s before.
  test.each([
    [2, 700],
    [5, 400],
    [8, 100],
  ])('%d s after the last of 100 successes a second, it goes by the %d that are left', (seconds, successes) => {
    const budget = budgetOf();
    succeed(budget, 100, 0, MINUTE);

    expect(budget.tokens(MINUTE + seconds * SECOND)).toBeCloseTo(5 + (2.8 * successes) / 9);
  });

  test('is the reserve again after 10 s without a success', () => {
    const budget = budgetOf();
    succeed(budget, 100, 0, MINUTE);

    expect(budget.tokens(MINUTE + 10 * SECOND)).toBe(10);
  });

  test('counts each success once, however often it is asked', () => {
    const [asked, left] = [budgetOf(), budgetOf()];
    for (const now of spread(100, 0, MINUTE)) {
      asked.succeeded(now);
      asked.tokens(now);
      left.succeeded(now);
    }

    expect(asked.tokens(MINUTE)).toBeCloseTo(left.tokens(MINUTE));
  });

  test.each([0, 100, 500, 999])('does not hang on where in a second it is asked: %d ms', (offset) => {
    const budget = budgetOf();
    succeed(budget, 100, 0, MINUTE + offset);

    expect(Math.abs(budget.tokens(MINUTE + offset) - 285)).toBeLessThan(1);
  });

  test('is the reserve alone without a window', () => {
    const budget = budgetOf({ reserveWindow: 0 });

    succeed(budget, 100, 0, MINUTE);

    expect(budget.tokens(MINUTE)).toBe(10);
  });

  test('forgets what was long ago, however long nobody asked', () => {
    const budget = budgetOf();
    succeed(budget, 100, 0, MINUTE);

    expect(budget.tokens(1e9)).toBe(10);
    expect(budget.tokens(1e9 + SECOND)).toBe(10);
  });
});

test('a busy process bridges 2 s of 503s, and stops soon after in an outage that lasts', () => {
  const budget = budgetOf();
  succeed(budget, 35, 0, 20 * SECOND);

  // What 35 calls a second want by their waits of 0.5 s and 1 s: 35 retries a second after 0.5 s, 70 after 1.5 s.
  const granted = (from: number, to: number, rate: number) =>
    spread(rate, from, to).filter((now) => budget.take(1, 20 * SECOND + now)).length;

  expect(granted(500, 1500, 35) + granted(1500, 2000, 70)).toBe(70);
  expect(granted(2000, 10_000, 70)).toBeLessThan(40);
});

test('it never has less than nothing or more than the most, and time alone always brings the reserve back', () => {
  const random = seeded(7);
  for (let history = 0; history < 20; history += 1) {
    const budget = budgetOf();
    const violations: string[] = [];
    let recent: number[] = [];
    let now = 0;
    const pace = 2000 / (200 * random() ** 3 + 1);
    for (let step = 0; step < 200; step += 1) {
      now += (random() < 0.02 ? 20_000 : pace) * random();
      const act = random();
      if (act < 0.7) {
        budget.succeeded(now);
        recent.push(now);
      } else if (act < 0.95) budget.take([0, 1, 3, 4][Math.floor(random() * 4)] ?? 0, now);
      else budget.giveBack(4);
      recent = recent.filter((at) => at > now - 10 * SECOND);
      const tokens = budget.tokens(now);
      const most = Math.max(10, 5 + (2.8 * recent.length) / 9) + 1e-9;
      if (!(tokens >= 0 && tokens <= most)) violations.push(`${tokens} of ${most}`);
    }

    expect(violations).toEqual([]);
    expect(budget.tokens(now + 500 * SECOND)).toBeCloseTo(10);
  }
});

const TIMED_OUT = { code: 'TIMEOUT', sent: 'maybe' } as const;

function settingsOf(options: RetryBudgetOptions) {
  const settings = resolveRetryBudget(options);
  if (settings === false) throw new Error('no budget');
  return settings;
}

/** A budget of the time 0. */
function budgetOf(options: RetryBudgetOptions = {}): RetryBudget {
  return new RetryBudget(settingsOf(options), 0);
}

function emptied(options: RetryBudgetOptions = {}): RetryBudget {
  const budget = budgetOf(options);
  budget.take(10, 0);
  return budget;
}

/** Times at equal distances. */
function spread(rate: number, from: number, to: number): number[] {
  const count = Math.floor((rate * (to - from)) / SECOND);
  return Array.from({ length: count }, (_, index) => from + (index * (to - from)) / count);
}

function succeed(budget: RetryBudget, rate: number, from: number, to: number): void {
  for (const now of spread(rate, from, to)) budget.succeeded(now);
}

/** A linear congruential generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
