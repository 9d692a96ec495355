import { CIRCUIT_BREAKER_OPTIONS, resolveCircuitBreaker } from '../../src/resilience/circuit-options';

const defaults = {
  failureRatio: 0.6,
  minimumCalls: 20,
  window: 10,
  slowAfter: Infinity,
  openFor: 5,
  maxOpenFor: 60,
  probes: 1,
};

test('there is no circuit breaker unless it is asked for', () => {
  expect(resolveCircuitBreaker()).toBe(false);
  expect(resolveCircuitBreaker(false)).toBe(false);
});

test('what is left out or undefined has its default', () => {
  expect(resolveCircuitBreaker({})).toEqual(defaults);
  const none = Object.fromEntries(CIRCUIT_BREAKER_OPTIONS.map((name) => [name, undefined]));
  expect(resolveCircuitBreaker(none)).toEqual(defaults);
});

test('what is said is taken', () => {
  const said = {
    failureRatio: 1,
    minimumCalls: 1,
    window: 0.1,
    slowAfter: 2,
    openFor: 0.1,
    maxOpenFor: 0.1,
    probes: 100,
  };

  expect(resolveCircuitBreaker(said)).toEqual(said);
});

test('an openFor above a minute is its own maximum', () => {
  expect(resolveCircuitBreaker({ openFor: 90 })).toMatchObject({ openFor: 90, maxOpenFor: 90 });
});

test.each<[unknown, string]>([
  [true, 'Option `circuitBreaker` must be an object or false, got true: `{}` has all defaults'],
  [null, '`circuitBreaker`'],
  [{ failureRatio: 0 }, 'Option `circuitBreaker.failureRatio` must be a number above 0, up to 1, got 0'],
  [{ failureRatio: 60 }, '`circuitBreaker.failureRatio`'],
  [{ minimumCalls: 0 }, 'Option `circuitBreaker.minimumCalls` must be an integer from 1 to 1000000, got 0'],
  [{ window: 10_000 }, 'Option `circuitBreaker.window` must be a number of seconds from 0.1 to 3600, got 10000'],
  [{ slowAfter: 0 }, '`circuitBreaker.slowAfter`'],
  [{ slowAfter: 2000 }, 'Did you mean 2?'],
  [{ openFor: Infinity }, '`circuitBreaker.openFor`'],
  [{ maxOpenFor: 4 }, 'Option `circuitBreaker.maxOpenFor` must be a number of seconds from 5 to 3600, got 4'],
  [{ probes: 0 }, '`circuitBreaker.probes`'],
  [{ threshold: 1 }, 'Unknown `circuitBreaker` option `threshold`. Known: `failureRatio`, '],
])('%j is refused by name', (given, words) => {
  expect(() => resolveCircuitBreaker(given as never)).toThrow(words);
});
