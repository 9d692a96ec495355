import { BACKPRESSURE_OPTIONS, resolveBackpressure } from '../../src/resilience/backpressure-options';

test('by default calls heed Retry-After, but are not spread', () => {
  const defaults = { retryAfter: true, rateLimit: false };

  expect(resolveBackpressure()).toEqual(defaults);
  expect(resolveBackpressure(Object.fromEntries(BACKPRESSURE_OPTIONS.map((name) => [name, undefined])))).toEqual(
    defaults,
  );
});

test('what is given is taken; false is both off', () => {
  expect(resolveBackpressure({ retryAfter: false, rateLimit: true })).toEqual({ retryAfter: false, rateLimit: true });
  expect(resolveBackpressure(false)).toEqual({ retryAfter: false, rateLimit: false });
});

test.each<[unknown, string]>([
  [null, 'Option `backpressure` must be an object or false, got null'],
  [true, 'Option `backpressure` must be an object or false, got true'],
  [['retryAfter'], 'Option `backpressure` must be an object or false, got a list'],
  [{ retryAfter: 5 }, 'Option `backpressure.retryAfter` must be true or false, got 5'],
  [{ rateLimit: 'yes' }, "Option `backpressure.rateLimit` must be true or false, got 'yes'"],
  [{ ratelimit: true }, 'Unknown `backpressure` option `ratelimit`. Did you mean `rateLimit`?'],
])('%j is refused by name', (given, message) => {
  expect(() => resolveBackpressure(given as never)).toThrow(message);
});
