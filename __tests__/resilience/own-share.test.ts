import { OwnShare } from '../../src/resilience/own-share';

const SHARE = { rate: 10, burst: 1, maxWait: Infinity };

test('without an outage it does not apply', () => {
  const share = new OwnShare();

  expect(share.isAlone).toBe(false);
  expect(share.nextAt(0)).toBe(Infinity);
  expect(share.reserve(0, Infinity)).toBe(Infinity);
  share.giveBack(0, 0);
  share.endAt(1000);
  expect(share.nextAt(0)).toBe(Infinity);
});

test('it begins after the slots that are taken', () => {
  const share = new OwnShare();
  share.begin(SHARE, 300, 0);

  expect(share.isAlone).toBe(true);
  expect([1, 2, 3].map(() => share.reserve(0, Infinity))).toEqual([300, 400, 500]);
  expect(share.reserve(0, 599)).toBe(Infinity);
});

test('a slot that is not used is given back', () => {
  const share = new OwnShare();
  share.begin(SHARE, 300, 0);

  share.giveBack(share.reserve(0, Infinity), 0);

  expect(share.nextAt(0)).toBe(300);
});

test('it ends at the first slot of the schedule, or when it is full until then', () => {
  const idle = new OwnShare();
  const full = new OwnShare();
  for (const share of [idle, full]) share.begin(SHARE, 0, 0);
  for (let i = 0; i < 3; i++) full.reserve(0, Infinity);

  for (const share of [idle, full]) share.endAt(250);

  expect(idle.isAlone).toBe(false);
  expect([0, 249, 250].map((now) => idle.nextAt(now))).toEqual([0, 249, Infinity]);
  expect(full.nextAt(0)).toBe(Infinity);
});

test('a second outage continues after the first one', () => {
  const share = new OwnShare();
  share.begin(SHARE, 0, 0);
  share.reserve(0, Infinity);
  share.endAt(1000);

  share.begin(SHARE, -Infinity, 50);

  expect(share.reserve(50, Infinity)).toBe(100);
});
