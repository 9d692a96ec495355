import { mergeOptions } from '../../src/nestjs/merge-options';

test('what a client sets counts, and the rest is taken over', () => {
  const merged = mergeOptions({ timeout: 1, deadline: 2, token: 'a' }, { timeout: 3, token: null });

  expect(merged).toEqual({ timeout: 3, deadline: 2, token: null });
});

test('what is undefined is taken over', () => {
  expect(mergeOptions({ timeout: 1 }, { timeout: undefined })).toEqual({ timeout: 1 });
});

test('retry options are merged by name', () => {
  const merged = mergeOptions({ retry: { base: 1, cap: 2 } }, { retry: { cap: 3, base: undefined } });

  expect(merged).toEqual({ retry: { base: 1, cap: 3 } });
});

test('the retry budget is one option, as all groups of options are except `headers` and `retry`', () => {
  const shared = { retry: { base: 1, budget: { ratio: 1 } }, concurrency: { limit: 5, queue: 5 } };

  expect(mergeOptions(shared, { retry: { budget: { reserve: 2 } }, concurrency: { limit: 2 } })).toEqual({
    retry: { base: 1, budget: { reserve: 2 } },
    concurrency: { limit: 2 },
  });
  expect(mergeOptions(shared, { retry: { budget: false } })).toMatchObject({ retry: { base: 1, budget: false } });
});

test('headers are merged by name, whatever its case', () => {
  const merged = mergeOptions({ headers: { 'X-A': '1', 'X-B': '2' } }, { headers: { 'x-b': '3', 'X-C': '4' } });

  expect(merged).toEqual({ headers: { 'X-A': '1', 'x-b': '3', 'X-C': '4' } });
});

test.each([
  [{ headers: { 'X-A': '1' }, retry: { base: 1 } }, {}],
  [{}, { headers: { 'X-A': '1' }, retry: { base: 1 } }],
])('what only one of them has is taken as it is: %j and %j', (shared, own) => {
  expect(mergeOptions(shared, own)).toEqual({ headers: { 'X-A': '1' }, retry: { base: 1 } });
});

test('what is no object is left for the client to complain of', () => {
  const wrong = { headers: ['X-A'], retry: 3 } as object;

  expect(mergeOptions({ headers: { 'X-A': '1' }, retry: { base: 1 } }, wrong)).toEqual(wrong);
});
