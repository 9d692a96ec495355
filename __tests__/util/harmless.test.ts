import { harmless } from '../../src/util/harmless';

test('passes the argument on', () => {
  const run = jest.fn();

  harmless(run, fail)(7);

  expect(run.mock.calls).toEqual([[7]]);
});

test.each<[string, () => unknown]>([
  ['throws', () => { throw new Error('boom'); }],
  ['rejects with', () => Promise.reject(new Error('boom'))],
])('hands over what the function %s', async (_, run) => {
  const failed = jest.fn();

  harmless(run, failed)(undefined);

  await new Promise(setImmediate);
  expect(failed.mock.calls).toEqual([[new Error('boom')]]);
}); // prettier-ignore

function fail(): never {
  throw new Error('nothing has failed');
}
