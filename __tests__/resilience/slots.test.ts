import { Slots } from '../../src/resilience/slots';

function slotsOf(times: readonly number[], hold = 0): Slots {
  const slots = new Slots(hold);
  for (const time of times) slots.add(time);
  return slots;
}

test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]], [[3, 1, 2]]])('%j come in order of time', (times) => {
  const slots = slotsOf(times);
  const taken: number[] = [];
  while (slots.size > 0) {
    taken.push(slots.first(0));
    slots.removeFirst();
  }

  expect(taken).toEqual([1, 2, 3]);
});

test('a slot expires when it was held for too long', () => {
  const slots = slotsOf([10, 20], 5);

  expect(slots.first(15)).toBe(10);
  expect(slots.first(15.1)).toBe(20);
  expect(slots.size).toBe(1);
  expect(slots.first(26)).toBe(Infinity);
  expect(slots.size).toBe(0);
});

test('the latest can be taken away', () => {
  const slots = slotsOf([10, 20]);

  expect(slots.last).toBe(20);
  slots.removeLast();
  expect(slots.last).toBe(10);
  slots.removeLast();
  expect(slots.last).toBe(-Infinity);
});

test.each([
  [0, [30, 20, 10], Infinity],
  [10, [30, 20], 10],
  [30, [], 10],
])('those after %d are taken away, the latest first', (time, removed, first) => {
  const slots = slotsOf([10, 20, 30]);

  expect(slots.removeAfter(time)).toEqual(removed);
  expect(slots.first(0)).toBe(first);
});
