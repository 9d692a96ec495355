import { getEventListeners } from 'node:events';
import { runInContext } from '../../src/index';
import { whileServed } from '../../src/context/while-served';
import { timers } from '../support/outcome';

const never = new Promise<string>(() => undefined);

test('what comes in time is what it is, in a context and in none', async () => {
  const work = Promise.resolve('keys');
  const late = { deadline: performance.now() + 60_000, signal: new AbortController().signal };
  const soon = new Promise<string>((resolve) => setTimeout(resolve, 20, 'later'));

  expect(await whileServed(work, 'the key set')).toBe('keys');
  expect(await runInContext({}, async () => whileServed(work, 'the key set'))).toBe('keys');
  expect(await runInContext(late, async () => whileServed(work, 'the key set'))).toBe('keys');
  // Further away than a timer can hold.
  for (const deadline of [Infinity, performance.now() + 2 ** 40]) {
    expect(await runInContext({ deadline }, async () => whileServed(soon, 'the key set'))).toBe('later');
  }
});

test('what fails, fails as it does', async () => {
  const context = { deadline: performance.now() + 60_000 };
  const work = Promise.reject(new Error('no keys'));

  await expect(runInContext(context, async () => whileServed(work, 'the key set'))).rejects.toThrow('no keys');
});

test.each([20, 0, -1000])(
  'what is not there when the time is over, in %d ms, is waited for no longer',
  async (left) => {
    const waiting = runInContext({ deadline: performance.now() + left }, async () => whileServed(never, 'the key set'));

    await expect(waiting).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      sent: 'no',
      message: 'the deadline of the inbound request passed before the key set arrived',
    });
  },
);

test('nor when the caller has gone, before or meanwhile', async () => {
  const caller = new AbortController();
  const waiting = runInContext({ signal: caller.signal }, async () => whileServed(never, 'the key set'));

  caller.abort();

  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', sent: 'no' });
  const after = runInContext({ signal: caller.signal }, async () => whileServed(never, 'the key set'));
  await expect(after).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('nothing is left of the wait', async () => {
  const { signal } = new AbortController();
  const before = timers();

  await runInContext({ signal, deadline: performance.now() + 60_000 }, async () =>
    whileServed(Promise.resolve(), 'it'),
  );

  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(timers()).toBe(before);
});
