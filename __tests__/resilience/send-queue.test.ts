import { SendQueue } from '../../src/resilience/send-queue';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A queue of one request each 100 ms, and when those in it were sent, in milliseconds from now. */
function scene(): { queue: SendQueue; sent: [string, number][]; join: (name: string) => () => void } {
  const queue = new SendQueue({ rate: 10, burst: 1 });
  const sent: [string, number][] = [];
  const start = performance.now();
  const join = (name: string): (() => void) =>
    queue.join(() => sent.push([name, performance.now() - start]), performance.now());
  expect(queue.send(start)).toBe(true);
  return { queue, sent, join };
}

test('those in the queue are sent at the rate, first come, first served', () => {
  const { queue, sent, join } = scene();
  join('a');
  join('b');

  expect(queue.send(performance.now())).toBe(false);
  jest.advanceTimersByTime(1000);

  // The first was sent as late as one may be without an effect.
  expect(sent).toEqual([
    ['a', 50],
    ['b', 150],
  ]);
  expect(jest.getTimerCount()).toBe(0);
});

test('a timer that comes late lets one of them go, not all whose times have passed', () => {
  const { sent, join } = scene();
  for (const name of ['a', 'b', 'c']) join(name);

  const now = jest.spyOn(performance, 'now');
  const late = performance.now() + 1000;
  now.mockReturnValue(late);
  jest.advanceTimersToNextTimer();

  expect(sent.map(([name]) => name)).toEqual(['a']);
  now.mockReturnValue(late + 50);
  jest.advanceTimersToNextTimer();
  expect(sent.map(([name]) => name)).toEqual(['a', 'b']);
});

test('one that leaves is not sent, and the next one takes its time', () => {
  const { sent, join } = scene();
  const leave = join('a');
  join('b');
  leave();
  jest.advanceTimersByTime(1000);

  expect(sent).toEqual([['b', 50]]);
});

test('no timer stays when the last one leaves', () => {
  const { queue, join } = scene();
  const leave = [join('a'), join('b')];
  expect(queue.backlog(performance.now())).toBe(250);

  for (const one of leave) one();

  expect(jest.getTimerCount()).toBe(0);
  expect(queue.backlog(performance.now())).toBe(50);
});
