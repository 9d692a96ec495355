import { LineLimit } from '../../src/logging/line-limit';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function take(limit: LineLimit, key: string, times: number, told: number[] = []): number {
  let allowed = 0;
  for (let i = 0; i < times; i++) if (limit.allows(key, (suppressed) => told.push(suppressed))) allowed++;
  return allowed;
}

test('lets so many lines pass in a second, and tells the number of the others when it is over', () => {
  const limit = new LineLimit(50);
  const told: number[] = [];

  expect(take(limit, 'a', 10_000, told)).toBe(50);
  jest.advanceTimersByTime(999);
  expect(told).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(told).toEqual([9950]);

  expect(take(limit, 'a', 51, told)).toBe(50);
  jest.advanceTimersByTime(1000);
  expect(told).toEqual([9950, 1]);
});

test('a second without too many is not told', () => {
  const limit = new LineLimit(50);
  const told: number[] = [];

  expect(take(limit, 'a', 50, told)).toBe(50);
  jest.advanceTimersByTime(1000);

  expect(told).toEqual([]);
  expect(jest.getTimerCount()).toBe(0);
});

test('keys are counted apart', () => {
  const limit = new LineLimit(2);

  expect([take(limit, 'a', 3), take(limit, 'b', 3)]).toEqual([2, 2]);
});

test('Infinity is no limit, and needs no timer', () => {
  expect(take(new LineLimit(Infinity), 'a', 1000)).toBe(1000);
  expect(jest.getTimerCount()).toBe(0);
});

test('stop tells the rest at once, and leaves no timer', () => {
  const limit = new LineLimit(1);
  const told: number[] = [];
  take(limit, 'a', 3, told);
  take(limit, 'b', 1, told);

  limit.stop();

  expect(told).toEqual([2]);
  expect(jest.getTimerCount()).toBe(0);
});

test('is full with a thousand keys, until their second is over', () => {
  const limit = new LineLimit(1);
  for (let key = 0; key < 999; key++) take(limit, String(key), 1);
  expect(limit.isFull).toBe(false);

  take(limit, 'the last one', 1);

  expect(limit.isFull).toBe(true);
  jest.advanceTimersByTime(1000);
  expect(limit.isFull).toBe(false);
});

test('its timers do not keep the process alive', () => {
  jest.useRealTimers();
  const spy = jest.spyOn(globalThis, 'setTimeout');
  const limit = new LineLimit(1);

  take(limit, 'a', 1);

  expect((spy.mock.results[0]?.value as NodeJS.Timeout).hasRef()).toBe(false);
  limit.stop();
  spy.mockRestore();
});
