import { HEDGING_OPTIONS, resolveHedging } from '../../src/resilience/hedging-options';

const methods = new Set(['GET', 'HEAD', 'OPTIONS']);

test('nothing is hedged unless it is asked for', () => {
  expect(resolveHedging()).toBe(false);
  expect(resolveHedging(false)).toBe(false);
});

test('what is left out or undefined has its default', () => {
  const defaults = { delay: { quantile: 0.95, minimumCalls: 20 }, methods };

  expect(resolveHedging({ delay: {} })).toEqual(defaults);
  const delay = { quantile: undefined, minimumCalls: undefined };
  expect(resolveHedging({ delay, methods: undefined })).toEqual(defaults);
});

test('what is said is taken', () => {
  expect(resolveHedging({ delay: 0.05 })).toEqual({ delay: 0.05, methods });
  const delay = { quantile: 0.9, minimumCalls: 1 };
  const said = resolveHedging({ delay, methods: ['get', 'Propfind', 'M-SEARCH'] });
  expect(said).toEqual({ delay, methods: new Set(['GET', 'PROPFIND', 'M-SEARCH']) });
  expect(HEDGING_OPTIONS).toEqual(['delay', 'methods']);
});

test.each<[unknown, string]>([
  [true, 'Option `hedging` must be an object with `delay`, or false, got true'],
  [{}, 'Option `hedging.delay` must be an object or a number of seconds, got undefined: `{}` has all defaults'],
  [{ delay: '1' }, '`hedging.delay`'],
  [{ delay: 0 }, 'Option `hedging.delay` must be a number of seconds from 0.001 to 600, got 0'],
  [{ delay: 1000 }, '`hedging.delay`'],
  [{ delay: { quantile: 95 } }, 'Option `hedging.delay.quantile` must be a number from 0.5 to 0.999, got 95'],
  [{ delay: { minimumCalls: 0 } }, '`hedging.delay.minimumCalls`'],
  [{ delay: { percentile: 0.9 } }, 'Unknown `hedging.delay` option `percentile`'],
  [{ delay: 1, methods: 'GET' }, 'Option `hedging.methods` must be a list of HTTP methods, got a string'],
  [{ delay: 1, methods: ['GET', 1] }, '`hedging.methods` must contain HTTP methods, got 1'],
  [{ delay: 1, methods: ['GET '] }, '`hedging.methods`'],
  [{ delay: 1, method: ['GET'] }, 'Unknown `hedging` option `method`. Did you mean `methods`?'],
])('%j is refused by name', (given, words) => {
  expect(() => resolveHedging(given as never)).toThrow(words);
});
