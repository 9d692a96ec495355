import { LeaseAhead } from '../../src/resilience/lease-ahead';

/** Requests per millisecond. */
const SHARE = 0.1;

/** After a lease at 0 whose first slot was at `wait`, and some requests since. */
function leaseAhead(wait: number, requests: number): LeaseAhead {
  const ahead = new LeaseAhead();
  ahead.leased(0, wait);
  for (let i = 0; i < requests; i++) ahead.requested();
  return ahead;
}

test('a process that has leased nothing yet leases nothing ahead', () => {
  expect(new LeaseAhead().slots(0, SHARE)).toBe(0);
});

test.each([
  ['slots are free at once', 0, 8, 2],
  ['slots are free at once, and demand is low', 0, 3, 0],
  ['requests queue', 51, 8, 16],
  ['requests queue, and demand is low', 51, 1, 2],
  ['demand is above the share', 51, 80, 20],
])('where %s', (_, wait, requests, slots) => {
  expect(leaseAhead(wait, requests).slots(100, SHARE)).toBe(slots);
});

test('each lease counts anew', () => {
  const ahead = leaseAhead(0, 8);

  ahead.leased(100, 0);

  expect(ahead.slots(200, SHARE)).toBe(0);
});
