import { getEventListeners } from 'node:events';
import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { pauseInCall, pauseWhile, waitInCall, type Waiting } from '../../src/call/wait-in-call';
import { createException } from '../../src/errors/create';
import { failure, timers } from '../support/outcome';

function waiting(limit = Infinity, signal?: AbortSignal): Waiting {
  const call = new Call('GET', 'http://api', limit);
  const config = { headers: new AxiosHeaders(), call, ...(signal && { signal }) } as InternalAxiosRequestConfig;
  return { config, call, for: 'its turn' };
}

const never = (): (() => void) => () => undefined;

test('it ends when it may go, and lets go of everything', async () => {
  const { signal } = new AbortController();
  const before = timers();
  const ended = jest.fn();

  await waitInCall(waiting(60, signal), (go) => {
    go();
    return ended;
  });

  expect(ended).toHaveBeenCalledTimes(1);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('it rejects when the signal fires, and lets go of everything', async () => {
  const controller = new AbortController();
  const before = timers();
  const wait = failure(waitInCall(waiting(60, controller.signal), never));
  controller.abort(new Error('left'));

  expect(await wait).toMatchObject({ code: 'CANCELLED', sent: 'no' });
  expect(timers()).toBeLessThanOrEqual(before);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('it does not begin when the signal has fired already', async () => {
  const begin = jest.fn(never);

  expect(await failure(waitInCall(waiting(60, AbortSignal.abort()), begin))).toMatchObject({ code: 'CANCELLED' });
  expect(begin).not.toHaveBeenCalled();
});

test('it rejects at the deadline', async () => {
  const error = await failure(waitInCall(waiting(0.01), never));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', sent: 'no' });
  expect(error.message).toBe('GET http://api: the deadline of 0.01 s comes before its turn');
});

test('it rejects with what `begin` throws', async () => {
  const wait = waitInCall(waiting(60), () => {
    throw new Error('of begin');
  });

  await expect(wait).rejects.toThrow('of begin');
});

test('the last failure is the cause, and says whether the request was sent', async () => {
  const wait = waiting(1);
  wait.call.lastError = createException('TIMEOUT', { phase: 'headers' });

  await expect(pauseInCall(wait, 2000)).rejects.toMatchObject({ sent: 'maybe', cause: { code: 'TIMEOUT' } });
});

describe('a pause', () => {
  test('ends after its time', async () => {
    const start = performance.now();
    await pauseInCall(waiting(), 5);

    expect(performance.now() - start).toBeGreaterThan(3);
  });

  test('is not begun when the deadline comes before its end', async () => {
    const start = performance.now();

    expect(await failure(pauseInCall(waiting(10), 20_000))).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('that is longer than any timer does not end at once', async () => {
    const controller = new AbortController();
    const pause = failure(pauseInCall(waiting(Infinity, controller.signal), 2 ** 31));
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();

    expect(await pause).toMatchObject({ code: 'CANCELLED' });
  });
});

test('a call asks again after each pause, at a later time, until there is none', async () => {
  const waits = [2, 3, 0];
  const askedAt: number[] = [];

  await pauseWhile(waiting(), (now) => {
    askedAt.push(now);
    return waits.shift() ?? 0;
  });

  const [first = 0, second = 0, third = 0] = askedAt;
  expect(askedAt).toHaveLength(3);
  expect(second).toBeGreaterThanOrEqual(first + 2);
  expect(third).toBeGreaterThanOrEqual(second + 3);
});
