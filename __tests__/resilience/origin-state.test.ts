import { resolveCircuitBreaker } from '../../src/resilience/circuit-options';
import { OriginState } from '../../src/resilience/origin-state';

const breaker = { ...resolveCircuitBreaker({}), minimumCalls: 1 } as Exclude<
  ReturnType<typeof resolveCircuitBreaker>,
  false
>;

test('a new state has no rules, and is not in use', () => {
  const { key, inUse, concurrency, circuit, hedgeDelay, ...others } = new OriginState('http://a.test:80');

  expect([key, inUse, concurrency, circuit, hedgeDelay]).toEqual([
    'http://a.test:80',
    0,
    undefined,
    undefined,
    undefined,
  ]);
  expect(new Set(Object.values(others))).toEqual(new Set([undefined]));
});

test('a rule is made once, by the first that asks', () => {
  const state = new OriginState('http://a.test:80');
  const made = [
    state.concurrencyOf({ limit: 1, queue: 0 }),
    state.circuitOf(breaker),
    state.hedgeDelayOf({ delay: 0.05, methods: new Set() }),
  ];

  expect([state.concurrency, state.circuit, state.hedgeDelay]).toEqual(made);
  expect(state.concurrencyOf({ limit: 9, queue: 9 })).toBe(made[0]);
  expect(state.circuitOf({ ...breaker, probes: 9 })).toBe(made[1]);
  expect(state.hedgeDelayOf({ delay: 1, methods: new Set() })).toBe(made[2]);
  expect(state.hedgeDelay?.delay()).toBe(50);
});
