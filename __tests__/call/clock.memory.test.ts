import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Call } from '../../src/call/call';
import { startClock } from '../../src/call/clock';
import { collect } from '../support/collect';

test("the caller's context is not kept until a timeout that will not come", async () => {
  const storage = new AsyncLocalStorage<object>();
  const attemptInContext = (): WeakRef<object> => {
    const context = { user: 'a' };
    storage.run(context, () => {
      const call = new Call('GET', 'http://a.test/');
      clearTimeout(startClock({ timeout: 47_000 }, call, { clock: undefined, onExpiry: () => undefined }));
    });
    return new WeakRef(context);
  };

  const context = attemptInContext();
  for (let turn = 0; turn < 100 && context.deref(); turn++) {
    await wait(10);
    collect();
  }

  expect(context.deref()).toBeUndefined();
});
