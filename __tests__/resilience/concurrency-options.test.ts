import { CONCURRENCY_OPTIONS, resolveConcurrency } from '../../src/resilience/concurrency-options';

test('what is left out or undefined has its default; what is said is taken', () => {
  const defaults = { limit: Infinity, queue: Infinity };

  expect(resolveConcurrency()).toEqual(defaults);
  expect(resolveConcurrency(false)).toEqual(defaults);
  expect(resolveConcurrency(Object.fromEntries(CONCURRENCY_OPTIONS.map((name) => [name, undefined])))).toEqual(
    defaults,
  );
  expect(resolveConcurrency({ limit: 1, queue: 0 })).toEqual({ limit: 1, queue: 0 });
  expect(resolveConcurrency({ limit: Infinity, queue: 5 })).toEqual({ limit: Infinity, queue: 5 });
});

test.each<[unknown, string]>([
  [5, 'Option `concurrency` must be an object or false, got 5: write `{ limit: 5 }`'],
  [{ limit: 0 }, 'Option `concurrency.limit` must be an integer from 1 to 1000000, got 0'],
  [{ limit: 1.5 }, '`concurrency.limit`'],
  [{ limit: '5' }, '`concurrency.limit`'],
  [{ queue: -1 }, 'Option `concurrency.queue` must be an integer from 0 to 1000000, got -1'],
  [{ queue: NaN }, '`concurrency.queue`'],
  [{ queue: 5 }, 'Option `concurrency.queue` needs `concurrency.limit`: without a limit, no attempt waits'],
  [{ limits: 1 }, 'Unknown `concurrency` option `limits`. Did you mean `limit`?'],
])('%j is refused by name', (concurrency, words) => {
  expect(() => resolveConcurrency(concurrency as never)).toThrow(words);
});
