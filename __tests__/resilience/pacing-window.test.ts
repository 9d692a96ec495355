import type { AnnouncedLimit } from '../../src/response/rate-limit-headers';
import { PacingWindow } from '../../src/resilience/pacing-window';

const limit = (remaining: number, more: Partial<AnnouncedLimit> = {}): AnnouncedLimit => ({
  ...{ policy: '', remaining, reset: 10, quota: 100 },
  ...more,
});

test('what is left is spread evenly over the time until the reset', () => {
  const window = new PacingWindow(0, 1, limit(50));

  expect(window.left(11)).toBe(40);
  expect(window.evenGap(2_000, 11)).toBe(200);
});

test('the first quarter of the quota is free', () => {
  const window = new PacingWindow(0, 0, limit(100));

  expect(window.isFree(24)).toBe(true);
  expect(window.isFree(25)).toBe(false);
});

test('a response that was overtaken by a later one changes nothing', () => {
  const window = new PacingWindow(0, 5, limit(50));

  expect(window.heard(10, 4, 6, limit(51))).toBe(window);
  expect(window.heard(10, 6, 6, limit(49)).left(6)).toBe(49);
});

test('what others sent shows after four requests, and counts for those under way', () => {
  const window = new PacingWindow(0, 0, limit(50));

  // Three of others for each own one.
  const later = window.heard(100, 4, 4, limit(34));

  expect(later.left(4)).toBe(34);
  expect(later.left(6)).toBe(26);
  expect(window.heard(100, 3, 3, limit(38)).left(5)).toBe(36);
});

test('the earliest reset that follows from any response is right, until the window is over', () => {
  const window = new PacingWindow(0, 1, limit(50));

  expect(window.heard(500, 2, 2, limit(49)).resetAt).toBe(10_000);
  // More is left than before: a new window.
  expect(window.heard(500, 2, 2, limit(90)).resetAt).toBe(10_500);
  expect(window.heard(10_000, 2, 2, limit(40)).resetAt).toBe(20_000);
});

test('after its reset it begins anew, as a guess without a free part, until it is forgotten', () => {
  const window = new PacingWindow(0, 0, limit(0));

  expect(window.renew(9_999, 3)).toBe(true);
  expect(window.left(3)).toBe(-3);
  expect(window.renew(10_000, 3)).toBe(true);
  expect([window.left(3), window.resetAt, window.isFree(3)]).toEqual([100, 20_000, false]);
  expect(window.renew(20_001, 3)).toBe(false);
});

test('without a quota, the most that was left so far stands for it', () => {
  const window = new PacingWindow(0, 0, limit(40, { quota: undefined }));
  const later = window.heard(1, 1, 1, limit(3, { quota: undefined }));

  later.renew(10_000, 1);

  expect(later.left(1)).toBe(41);
});
