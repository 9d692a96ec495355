import { resolveCircuitBreaker } from '../../src/resilience/circuit-options';
import { HTTPClient } from '../../src/index';
import { OriginStates } from '../../src/resilience/origin-states';
import { service } from '../support/service';
import { OriginState } from '../../src/resilience/origin-state';
import { RateLimit } from '../../src/resilience/rate-limit';
import { SharedRateLimit } from '../../src/resilience/shared-rate-limit';
import { fakeRateLimitStore } from '../support/rate-limit-store';

const RATE = { rate: 10, burst: 1, maxWait: Infinity };

const breaker = { ...resolveCircuitBreaker({}), minimumCalls: 1 } as Exclude<
  ReturnType<typeof resolveCircuitBreaker>,
  false
>;

test('a new state has no rules, and is not in use', () => {
  const { key, inUse, succeededAt, concurrency, circuit, hedgeDelay, ...others } = new OriginState('http://a.test:80');

  expect([key, inUse, succeededAt, concurrency, circuit, hedgeDelay]).toEqual([
    'http://a.test:80',
    0,
    -Infinity,
    undefined,
    undefined,
    undefined,
  ]);
  expect(new Set(Object.values(others))).toEqual(new Set([undefined]));
});

test.each([
  ['a success of a moment ago', 900, 8],
  ['no success', -Infinity, 3],
])('a gate that is made after %s is closed by the right number of 503s', (_, succeededAt, enough) => {
  const state = new OriginState('http://a.test:80');
  state.succeededAt = succeededAt;
  const pushback = { status: 503, retryAfter: 5, key: '' };
  let count = 0;
  for (let now = 1000; state.gate?.isOpen !== false; now += 30, count += 1) {
    state.gateOf().refused(now, { ...pushback, sentAt: now });
  }

  expect(count).toBe(enough);
});

test('a rule is made once, by the first that asks', () => {
  const state = new OriginState('http://a.test:80');
  const made = [
    state.concurrencyOf({ limit: 1, queue: 0 }),
    state.circuitOf(breaker),
    state.hedgeDelayOf({ quantile: 0.95, minimumCalls: 20 }),
  ];

  expect([state.concurrency, state.circuit, state.hedgeDelay]).toEqual(made);
  expect(state.concurrencyOf({ limit: 9, queue: 9 })).toBe(made[0]);
  expect(state.circuitOf({ ...breaker, probes: 9 })).toBe(made[1]);
  expect(state.hedgeDelayOf({ quantile: 0.95, minimumCalls: 20 })).toBe(made[2]);
});

test('without a store, the rate is that of the process', () => {
  const state = new OriginState('http://users');

  expect(state.rateLimitOf({ ...RATE, store: undefined, key: undefined }, () => 0)).toBeInstanceOf(RateLimit);
});

test.each([
  ['the key of the origin', undefined, 'http://users'],
  ['the key of the options', 'crm', 'crm'],
])('with a store, the rate is shared under %s', async (_, key, name) => {
  const store = fakeRateLimitStore(() => 0);
  const lease = jest.spyOn(store, 'lease');
  const limit = new OriginState('http://users').rateLimitOf({ ...RATE, store, key }, () => 0);

  expect(limit).toBeInstanceOf(SharedRateLimit);
  expect(await limit.reserve(0)).toBe(0);
  expect(lease.mock.calls.map(([one]) => one)).toEqual([name]);
});

test('each quantile is measured by itself, the first and the latest three others', () => {
  const state = new OriginState('http://a.test:80');
  const [first, ...others] = [0.5, 0.6, 0.7, 0.8, 0.9].map((quantile) => {
    return { quantile, made: state.hedgeDelayOf({ quantile, minimumCalls: 1 }) };
  });

  expect(state.hedgeDelayOf({ quantile: 0.5, minimumCalls: 1 })).toBe(first?.made);
  expect(state.hedgeDelayOf({ quantile: 0.5, minimumCalls: 2 })).not.toBe(first?.made);
  for (const { quantile, made } of others.slice(2)) {
    expect(state.hedgeDelayOf({ quantile, minimumCalls: 1 })).toBe(made);
  }
  expect(state.hedgeDelayOf({ quantile: 0.6, minimumCalls: 1 })).not.toBe(others[0]?.made);
});

test('a client notes when an attempt succeeded', async () => {
  const api = await service([{ status: 200 }]);
  const origins = new OriginStates();
  const begin = performance.now();

  await new HTTPClient({ origins }).get(api.url);

  const [state] = [...origins.values()];
  expect(state?.succeededAt).toBeGreaterThanOrEqual(begin);
  expect(state?.gate).toBeUndefined();
});
