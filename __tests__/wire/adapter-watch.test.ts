import { AdapterWatch } from '../../src/wire/adapter-watch';
import { Call } from '../../src/call/call';
import type { ObservedAdapter } from '../../src/wire/observed-adapter';
import { failure } from '../support/outcome';

function watchOf(options: object): AdapterWatch {
  return new AdapterWatch({ call: new Call('GET', 'http://a.test/'), headers: {}, ...options } as never);
}

test('the attempt ends when its time is over, and its adapter is told', async () => {
  const watch = watchOf({ timeout: 2 });

  expect(await failure(watch.end)).toMatchObject({ code: 'TIMEOUT', phase: 'headers' });
  expect(watch.signal.aborted).toBe(true);
});

test('the attempt ends when its caller cancels it; what is published ends first', async () => {
  const controller = new AbortController();
  const watch = watchOf({ signal: controller.signal });
  const ends: unknown[] = [];
  watch.observed = { failed: (error: unknown) => ends.push(error) } as unknown as ObservedAdapter;

  controller.abort();

  expect(ends).toMatchObject([{ code: 'CANCELLED' }]);
  expect(await failure(watch.end)).toBe(ends[0]);
});

test('a watch that was stopped ends nothing', async () => {
  const controller = new AbortController();
  const watch = watchOf({ signal: controller.signal, timeout: 1 });
  watch.stop();
  controller.abort();
  await new Promise((resolve) => setTimeout(resolve, 3));

  expect(watch.signal.aborted).toBe(false);
});
