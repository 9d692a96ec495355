import { Call } from '../../src/call/call';
import type { Expiry } from '../../src/call/clock';
import { whileCallLasts } from '../../src/call/while-call-lasts';
import { LazySignal } from '../../src/util/lazy-signal';
import { soon } from '../../src/util/soon';
import { timers } from '../support/outcome';

function watch(call: Call, signals: readonly (AbortSignal | LazySignal)[], timeout?: number) {
  const ends: unknown[] = [];
  const expired = ({ code, limit }: Expiry): Error => new Error(`${code} after ${limit} s`);
  const stop = whileCallLasts({ call }, { timeout, signals, expired }, (error) => ends.push(error));
  return { ends, stop };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());

test('the time of the call and of the attempt ends a wait', async () => {
  const { ends, stop } = watch(new Call('GET', 'http://a', 5), []);
  const attempt = watch(new Call('GET', 'http://a', 5), [], 1000);

  jest.advanceTimersByTime(5000);
  await new Promise(soon);

  expect(ends).toEqual([new Error('DEADLINE_EXCEEDED after 5 s')]);
  expect(attempt.ends).toEqual([new Error('TIMEOUT after 1 s')]);
  stop();
  attempt.stop();
});

test('each of the signals ends a wait', () => {
  const [controller, inbound] = [new AbortController(), new LazySignal()];
  const { ends, stop } = watch(new Call('GET', 'http://a'), [controller.signal, inbound]);

  controller.abort(new Error('the caller'));
  inbound.abort(new Error('the inbound caller'));

  expect(ends).toMatchObject([
    { code: 'CANCELLED', cause: { message: 'the caller' } },
    { code: 'CANCELLED', cause: { message: 'the inbound caller' } },
  ]);
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
