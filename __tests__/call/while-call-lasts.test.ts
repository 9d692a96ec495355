import { Call } from '../../src/call/call';
import { whileCallLasts } from '../../src/call/while-call-lasts';
import { LazySignal } from '../../src/util/lazy-signal';
import { soon } from '../../src/util/soon';
import { timers } from '../support/outcome';

function watch(call: Call, signals: readonly (AbortSignal | LazySignal)[], timeout?: number) {
  const ends: unknown[] = [];
  const note = (end: unknown): void => void ends.push(end);
  const stop = whileCallLasts(call, { timeout, signals, expired: note, cancelled: note });
  return { ends, stop };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());

test('the time of the call and of the attempt ends a wait', async () => {
  const { ends, stop } = watch(new Call('GET', 'http://a', 5), []);
  const attempt = watch(new Call('GET', 'http://a', 5), [], 1000);

  jest.advanceTimersByTime(5000);
  await new Promise(soon);

  expect(ends).toMatchObject([{ code: 'DEADLINE_EXCEEDED', limit: 5 }]);
  expect(attempt.ends).toMatchObject([{ code: 'TIMEOUT', limit: 1 }]);
  stop();
  attempt.stop();
});

test('each of the signals ends a wait', () => {
  const [controller, inbound] = [new AbortController(), new LazySignal()];
  const { ends, stop } = watch(new Call('GET', 'http://a'), [controller.signal, inbound]);

  controller.abort('the caller');
  inbound.abort('the inbound caller');

  expect(ends).toEqual(['the caller', 'the inbound caller']);
  stop();
});

test('nothing ends a wait that is over', () => {
  const before = timers();
  const controller = new AbortController();
  const { ends, stop } = watch(new Call('GET', 'http://a', 5), [controller.signal]);

  stop();
  controller.abort();
  jest.advanceTimersByTime(10_000);

  expect(ends).toEqual([]);
  expect(timers()).toBe(before);
});

test('its time does not end a wait that is over in the same turn', async () => {
  const { ends, stop } = watch(new Call('GET', 'http://a', 5), []);

  jest.advanceTimersByTime(5000);
  stop();
  await new Promise(soon);

  expect(ends).toEqual([]);
});
