import { SharedSchedule } from '../../src/resilience/shared-schedule';

test('before the first lease nothing is taken, and no other process is known', () => {
  const schedule = new SharedSchedule();

  expect(schedule).toMatchObject({ last: -Infinity, next: -Infinity, members: 1 });
  expect(schedule.takenUntil(1000)).toBe(-Infinity);
});

test('a lease tells its slots, the next free one and the processes, by the clock of this process', () => {
  const schedule = new SharedSchedule();
  schedule.leased(1000, { slots: [10, 20], next: 50, members: 3 });

  expect(schedule).toMatchObject({ last: 1020, next: 1050, members: 3 });
});

test('a lease without slots leaves the last one', () => {
  const schedule = new SharedSchedule();
  schedule.leased(1000, { slots: [10], next: 20, members: 1 });
  schedule.leased(1100, { slots: [], next: 900, members: 1 });

  expect(schedule).toMatchObject({ last: 1010, next: 2000 });
});

test('the other processes lease more, but not for longer than they lease ahead', () => {
  const schedule = new SharedSchedule();
  schedule.leased(1000, { slots: [10], next: 50, members: 2 });

  expect([1000, 1100, 1200, 9000].map((now) => schedule.takenUntil(now))).toEqual([1050, 1150, 1250, 1250]);
});

test('the slots of this process are taken, whatever the store says is the next free one', () => {
  const schedule = new SharedSchedule();
  schedule.leased(1000, { slots: [10, 500], next: 50, members: 1 });

  expect(schedule.takenUntil(1000)).toBe(1500);
});

test.each([
  ['move its end back', [1020, 1030], 1020],
  ['from its middle leave its end', [1020], 1030],
])('slots that are given back %s', (_, slots, last) => {
  const schedule = new SharedSchedule();
  schedule.leased(1000, { slots: [10, 20, 30], next: 40, members: 1 });
  schedule.returned(slots);

  expect(schedule.last).toBe(last);
});

test('a store that lost its memory, and counts from one again, does not give this process the whole rate', () => {
  const schedule = new SharedSchedule();
  const known = [4, 1, 1, 2].map((members) => {
    schedule.leased(1000, { slots: [10], next: 20, members });
    return schedule.members;
  });

  expect(known).toEqual([4, 3, 2, 2]);
});
