import { total } from '../support/request-ends';
import { Stopwatch, type Step } from '../../src/events/stopwatch';

let now = 1000;

beforeEach(() => {
  now = 1000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** A watch for which each of these steps begins 10 ms after the one before, the first one 10 ms after the watch was made. */
function begun(...steps: Step[]): Stopwatch {
  const watch = new Stopwatch();
  for (const step of steps) {
    now += 10;
    watch.begin(step);
  }
  return watch;
}

test('a step lasts until the next one begins, the first one from the start and the last one until the end', () => {
  const watch = begun('queued', 'dns', 'connect', 'tls', 'sent', 'wait', 'receive');
  now += 5;

  expect(watch.timings()).toEqual({
    queued: 0.02,
    dns: 0.01,
    connect: 0.01,
    tls: 0.01,
    sent: 0.01,
    wait: 0.01,
    receive: 0.005,
  });
});

test('a subscriber cannot change what the next one sees', () => {
  expect(Object.isFrozen(begun('queued').timings())).toBe(true);
});

test('a step that did not begin is absent', () => {
  const watch = begun('queued', 'sent', 'wait');
  now += 30;

  expect(watch.timings()).toEqual({ queued: 0.02, sent: 0.01, wait: 0.03 });
});

test('any step of a transport shows that it measures', () => {
  const watch = begun('connect');
  now += 5;

  expect(watch.timings()).toEqual({ queued: 0.01, connect: 0.005 });
});

test('only the first beginning of a step counts, and none after a later step', () => {
  const watch = begun('queued', 'sent', 'sent', 'receive', 'wait', 'queued');

  expect(watch.timings()).toEqual({ queued: 0.02, sent: 0.02, receive: 0.02 });
});

test('a step that began at the same instant as the next is absent', () => {
  const watch = begun('queued', 'dns');
  watch.begin('connect', watch.begin('dns'));
  now += 7;

  expect(watch.timings()).toEqual({ queued: 0.02, connect: 0.007 });
});

test('there are no timings if the transport does not measure', () => {
  expect(begun('receive').timings()).toBeUndefined();
});

test('all steps together are as long as the request', () => {
  jest.restoreAllMocks();
  const watch = new Stopwatch();
  for (const step of ['queued', 'connect', 'wait', 'receive'] as const) watch.begin(step);
  const before = elapsed(watch);
  const sum = total(watch.timings());

  // Each step is rounded to microseconds.
  expect(sum).toBeGreaterThan(before - 0.00001);
  expect(sum).toBeLessThan(elapsed(watch) + 0.00001);
});

function elapsed({ startedAt }: Stopwatch): number {
  return (performance.now() - startedAt) / 1000;
}

test('a connection is its peer and the protocol of the response', () => {
  const watch = new Stopwatch();
  expect(watch.connection).toBeUndefined();

  watch.peer = { reused: true, address: '192.0.2.1', port: 443 };
  expect(watch.connection).toEqual({ reused: true, address: '192.0.2.1', port: 443, protocol: undefined });

  watch.protocol = '2';
  expect(watch.connection).toEqual({ reused: true, address: '192.0.2.1', port: 443, protocol: '2' });
});

test('without timings, only the connection is known', () => {
  const watch = new Stopwatch(false);
  watch.begin('queued');
  watch.begin('receive');
  watch.find = () => ({ reused: true, address: '192.0.2.1', port: 80 });

  expect(watch.timings()).toBeUndefined();
  expect(watch.connection).toEqual({ reused: true, address: '192.0.2.1', port: 80 });
});
