import { PendingFetch } from '../../../src/tokens/cache/pending-fetch';

const NEVER = new Promise<never>(() => undefined);

test('it is awaited until the last of its calls has ended', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const pending = new PendingFetch(NEVER, true, 0);
  for (const { signal } of [first, second]) void pending.join({ signal });

  first.abort();
  expect(pending.isAwaited).toBe(true);
  second.abort();
  expect(pending.isAwaited).toBe(false);

  void pending.join({ signal: new AbortController().signal });
  expect(pending.isAwaited).toBe(true);
});

test('a caller without a signal waits to the end', () => {
  const pending = new PendingFetch(NEVER, true, 0);

  void pending.join({});

  expect(pending.isAwaited).toBe(true);
});

test('the renewal of a valid token is for later calls', () => {
  expect(new PendingFetch(NEVER, false, 0).isAwaited).toBe(true);
});

test('all callers get the token', async () => {
  const pending = new PendingFetch(Promise.resolve({ token: 'a' }), true, 0);

  expect(await Promise.all([pending.join({}), pending.join({})])).toEqual([{ token: 'a' }, { token: 'a' }]);
});

test('if it fails when no call waits, the process goes on', async () => {
  const pending = new PendingFetch(Promise.reject(new Error('down')), true, 0);

  await new Promise(setImmediate);

  await expect(pending.join({})).rejects.toThrow('down');
});
