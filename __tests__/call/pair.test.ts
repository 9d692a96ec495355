import type { AxiosResponse } from 'axios';
import { Pair, type Leg } from '../../src/call/pair';
import { createException } from '../../src/errors/create';

const retryable = (detail: string): Error => createException('CONNECTION_RESET', { detail });
const final = (detail: string): Error => createException('INVALID_URL', { detail });
const response = (data: string): AxiosResponse => ({ data }) as AxiosResponse;

function legOf(name: string, log: string[], isDispatched = true): Leg {
  return { isDispatched, lost: () => log.push(`${name} lost`), publishEnd: () => log.push(`${name} ended`) };
}

interface Scene {
  readonly pair: Pair;
  readonly second: { give(data: string): Promise<void>; fail(error: Error): Promise<void> };
  /** What happened to the attempts. */
  readonly log: string[];
}

function race({ isDispatched = true, hasJoined = true } = {}): Scene {
  const log: string[] = [];
  const leg = (name: string): Leg => legOf(name, log, isDispatched);
  const pair = new Pair(leg('first'), {
    abandon: () => log.push('abandoned'),
    release: (one) => one && log.push(`released ${String(one.data)}`),
    notSent: () => log.push('not sent'),
  });
  if (hasJoined) pair.join(leg('second'));
  let settle: { resolve(outcome: AxiosResponse): void; reject(error: Error): void } | undefined;
  pair.race(new Promise((resolve, reject) => (settle = { resolve, reject })));
  return {
    pair,
    log,
    second: {
      async give(data) {
        settle?.resolve(response(data));
        await new Promise(setImmediate);
      },
      async fail(error) {
        settle?.reject(error);
        await new Promise(setImmediate);
      },
    },
  };
}

test('the first response ends the second attempt, whose late response is released', async () => {
  const { pair, second, log } = race();

  expect(await pair.succeeded(response('first'))).toEqual({ data: 'first' });
  await second.give('late');

  expect(log).toEqual(['second lost', 'abandoned', 'released late']);
});

test('a response of the second attempt ends the first, whose late response is released', async () => {
  const { pair, second, log } = race();

  await second.give('second');

  expect(await pair.succeeded(response('late'))).toEqual({ data: 'second' });
  expect(log).toEqual(['first lost', 'released late']);
});

test('a response counts when it arrives, not when interceptors have seen it', async () => {
  const log: string[] = [];
  const [first, other] = [legOf('first', log), legOf('second', log)];
  const pair = new Pair(first, { abandon: () => undefined, release: () => undefined, notSent: () => undefined });
  pair.join(other);
  pair.race(new Promise((resolve) => setImmediate(resolve, response('second'))));

  pair.arrived(other);
  pair.arrived(first);

  expect(await pair.failed(final('lost'))).toEqual({ data: 'second' });
  expect(log).toEqual(['first lost']);
});

test('a failure that may be retried waits for the other attempt', async () => {
  const { pair, second, log } = race();

  const outcome = pair.failed(retryable('first'));
  await second.give('second');

  expect(await outcome).toEqual({ data: 'second' });
  expect(log).toEqual(['first ended', 'first lost']);
});

test('if both fail, the call fails as the last one', async () => {
  const one = race();
  const outcome = one.pair.failed(retryable('first'));
  await Promise.all([expect(outcome).rejects.toThrow('second'), one.second.fail(retryable('second'))]);

  const other = race();
  await other.second.fail(retryable('second'));
  expect(() => other.pair.failed(retryable('first'))).toThrow('first');

  expect([one.log, other.log]).toEqual([['first ended'], ['second ended']]);
});

test('a failure that another attempt would not change decides at once', async () => {
  const one = race();
  expect(() => one.pair.failed(final('first'))).toThrow('first');
  expect(one.log).toEqual(['second lost', 'abandoned']);

  const other = race();
  await other.second.fail(final('second'));
  await expect(other.pair.failed(final('lost'))).rejects.toThrow('second');
  expect(other.log).toEqual(['first lost']);
});

test('a second attempt that was not sent says nothing', async () => {
  const one = race({ isDispatched: false });
  await one.second.fail(final('refused'));
  expect(await one.pair.succeeded(response('first'))).toEqual({ data: 'first' });
  expect(one.log).toEqual(['not sent']);

  const other = race({ isDispatched: false });
  expect(() => other.pair.failed(retryable('first'))).toThrow('first');
  expect(other.log).toEqual(['second lost', 'abandoned']);
});

test('a second attempt that starts too late has lost', () => {
  const { pair, log } = race({ hasJoined: false });
  pair.settled();
  expect(log).toEqual(['abandoned']);

  pair.join(legOf('late', log, false));

  expect(log).toEqual(['abandoned', 'late lost']);
});

test('an interceptor that throws after its response arrived fails the call', async () => {
  const first = race();
  first.pair.arrived(legOf('second', []));
  await first.second.fail(new Error('second broke'));
  await expect(first.pair.failed(retryable('lost'))).rejects.toThrow('second broke');
});
