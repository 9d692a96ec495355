import { takeResilience } from '../../../src/client/options/take-resilience';
import { HTTPClient, OriginStates } from '../../../src/index';
import { anotherCopy } from '../../support/another-copy';

test('by default only the gate is on, and each client has origins of its own', () => {
  const { resilience, ...others } = takeResilience({ timeout: 5 });

  expect(others).toEqual({ timeout: 5 });
  expect(resilience).toEqual({
    backpressure: { retryAfter: true, rateLimit: false },
    concurrency: { limit: Infinity, queue: Infinity },
    circuitBreaker: false,
    hedging: false,
    rateLimit: false,
    partition: undefined,
    origins: expect.any(OriginStates) as OriginStates,
  });
  expect(takeResilience({}).resilience.origins).not.toBe(resilience.origins);
});

test('origins and partition are passed on as they are', () => {
  const origins = new OriginStates();
  const partition = (): string => 'a';

  expect(takeResilience({ origins, partition }).resilience).toMatchObject({ origins, partition });
});

test.each<[string, unknown, string]>([
  ['partition', 'a', 'Option `partition` must be a function, got '],
  ['partition', null, 'Option `partition` must be a function, got '],
  ['origins', {}, 'Option `origins` must be `new OriginStates()`, got '],
  ['origins', null, 'Option `origins` must be `new OriginStates()`, got '],
  ['backpressure', true, 'Option `backpressure` must be '],
  ['backpressure', { retryAfter: 'yes' }, 'Option `backpressure.retryAfter` must be '],
  ['concurrency', { limit: 0 }, 'Option `concurrency.limit` must be '],
  ['concurrency', { queue: -1 }, 'Option `concurrency.queue` must be '],
  ['concurrency', { limits: 5 }, 'limits'],
  ['circuitBreaker', true, 'Option `circuitBreaker` must be '],
  [
    'circuitBreaker',
    { failureRatio: 60 },
    'Option `circuitBreaker.failureRatio` must be a number above 0, up to 1, got 60',
  ],
  ['hedging', {}, 'Option `hedging.delay` must be '],
  ['rateLimit', { rate: 0 }, 'Option `rateLimit.rate` '],
])('a client refuses %s: %p', (name, value, message) => {
  expect(() => new HTTPClient({ [name]: value })).toThrow(message);
});

test('origins of another copy of the package are refused with where to look for it', () => {
  const origins = new (anotherCopy().OriginStates)();

  expect(() => new HTTPClient({ origins })).toThrow(
    'Option `origins` must be `new OriginStates()`, got an instance of OriginStates: it is from another copy of this package, see `npm ls @hdms/http-client`',
  );
});
