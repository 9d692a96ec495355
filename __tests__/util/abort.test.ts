import { getEventListeners } from 'node:events';
import { follow } from '../../src/util/abort';

test('a signal has one listener for a thousand followers, and tells each once', () => {
  const controller = new AbortController();
  const told: number[] = [];
  for (let n = 0; n < 1000; n++) follow(controller.signal, () => told.push(n));

  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  controller.abort();

  expect(told).toEqual(Array.from({ length: 1000 }, (_, n) => n));
});

test('followers are told why', () => {
  const controller = new AbortController();
  const follower = jest.fn();
  follow(controller.signal, follower);

  controller.abort(new Error('shutting down'));

  expect(follower).toHaveBeenCalledWith(new Error('shutting down'));
});

test('who has left is not told, be it first, last or in between', () => {
  const controller = new AbortController();
  const told: number[] = [];
  const [first, , third, , fifth] = [1, 2, 3, 4, 5].map((n) => follow(controller.signal, () => told.push(n)));
  for (const leave of [third, first, fifth, third]) leave?.();

  controller.abort();

  expect(told).toEqual([2, 4]);
});

test('a follower that makes others leave spares them', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const leaving: (() => void)[] = [];
  follow(controller.signal, () => {
    told.push('first');
    for (const leave of leaving) leave();
  });
  leaving.push(follow(controller.signal, () => told.push('second')));
  follow(controller.signal, () => told.push('third'));

  controller.abort();

  expect(told).toEqual(['first', 'third']);
});

test('who follows a signal that has fired, or that is firing, is told at once, and once', () => {
  const controller = new AbortController();
  const told: string[] = [];
  follow(controller.signal, () => {
    follow(controller.signal, () => told.push('meanwhile'));
    told.push('before');
  });

  controller.abort();
  const leave = follow(controller.signal, () => told.push('after'));
  leave();

  expect(told).toEqual(['meanwhile', 'before', 'after']);
});

test('the listener is taken off with the last follower, and comes back with the next', () => {
  const { signal } = new AbortController();
  const listeners = (): number => getEventListeners(signal, 'abort').length;

  const [first, second] = [follow(signal, () => undefined), follow(signal, () => undefined)];
  expect(listeners()).toBe(1);
  first();
  first();
  expect(listeners()).toBe(1);
  second();
  expect(listeners()).toBe(0);
  follow(signal, () => undefined);

  expect(listeners()).toBe(1);
});

test('a follower that throws keeps nobody from being told, and is reported as in any event', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const reports: (() => void)[] = [];
  jest.spyOn(process, 'nextTick').mockImplementation((report) => reports.push(report as () => void));
  follow(controller.signal, () => {
    throw new Error('mine');
  });
  follow(controller.signal, () => told.push('second'));

  controller.abort();
  jest.restoreAllMocks();

  expect(told).toEqual(['second']);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toThrow('mine');
});
