import { SlidingCount } from '../../src/resilience/sliding-count';
import { randomFrom } from '../support/random';

test.each([
  ['at once', 0, 2],
  ['within the window', 8900, 2],
  ['when the slice of the first has left the window', 10_000, 1],
  ['after two windows', 20_000, 1],
  ['after a year', 3e10, 1],
])('two events, the second %s', (_, later, total) => {
  const count = new SlidingCount(10_000);
  count.add(5500);
  count.add(5500 + later);

  expect(count.total(5500 + later)).toBe(total);
});

test('without further events, time alone brings it to 0', () => {
  const count = new SlidingCount(1000);
  for (let now = 5000; now < 6000; now += 50) count.add(now);

  const totals = [5999, 6000, 6450, 6899, 6900, 9e9].map((now) => count.total(now));
  expect(totals).toEqual([20, 18, 10, 2, 0, 0]);
});

test('an event that a clock puts into the past counts as one of now', () => {
  const count = new SlidingCount(1000);
  count.add(5000);
  count.add(100);

  expect(count.total(5000)).toBe(2);
});

test('several events can be counted at once', () => {
  const count = new SlidingCount(1000);
  count.add(5000, 3);
  count.add(5500, 0);

  expect(count.total(5500)).toBe(3);
  expect(count.total(6000)).toBe(0);
});

test('what was counted can be forgotten', () => {
  const count = new SlidingCount(1000);
  count.add(5000);
  count.add(5500);
  count.clear();
  expect(count.total(5500)).toBe(0);

  count.add(5600);
  expect(count.total(6400)).toBe(1);
  expect(count.total(6600)).toBe(0);
});

test.each([1, 2, 3])('counts as if each event had been remembered (%i)', (seed) => {
  const random = randomFrom(seed);
  const count = new SlidingCount(1000);
  const slices: number[] = [];
  const counted: number[] = [];
  const expected: number[] = [];
  let now = 0;
  for (let step = 0; step < 500; step += 1) {
    now += random() < 0.9 ? random() * 100 : random() * 3000;
    const slice = Math.floor(now / 100);
    if (random() < 0.7) {
      count.add(now);
      slices.push(slice);
    }
    counted.push(count.total(now));
    expected.push(slices.filter((one) => one > slice - 10).length);
  }
  expect(Math.max(...counted)).toBeGreaterThan(5);
  expect(counted).toEqual(expected);
});
