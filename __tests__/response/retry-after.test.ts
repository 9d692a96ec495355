import { parseRetryAfter } from '../../src/response/retry-after';

const NOW = Date.UTC(2025, 10, 20, 12, 0, 0);

test.each([
  ['0', 0],
  ['7', 7],
  [' 120 ', 120],
  ['007', 7],
  ['2.0', 2],
  ['0.75', 0.75],
  ['99999999', 99_999_999],
  ['99999999999', 2 ** 31],
  ['9'.repeat(400), 2 ** 31],
])('%j is that many seconds', (text, seconds) => {
  expect(parseRetryAfter(text, NOW)).toBe(seconds);
});

test.each([
  ['IMF-fixdate', 'Thu, 20 Nov 2025 12:00:10 GMT', 10],
  ['RFC 850', 'Thursday, 20-Nov-25 12:01:00 GMT', 60],
  ['asctime', 'Thu Nov 20 12:00:03 2025', 3],
  ['asctime, a day of one digit', 'Sat Dec  6 12:00:00 2025', 16 * 86_400],
  ['the last day of February', 'Thu, 29 Feb 2024 00:00:00 GMT', 0],
  ['a time that is over', 'Thu, 20 Nov 2025 11:00:00 GMT', 0],
])('%s is the time until then', (_, text, seconds) => {
  expect(parseRetryAfter(text, NOW)).toBe(seconds);
});

test('the time until then has parts of a second', () => {
  expect(parseRetryAfter('Thu, 20 Nov 2025 12:00:02 GMT', NOW + 250)).toBe(1.75);
});

test.each<[string, unknown, number]>([
  ['a clock that is an hour ahead', 'Thu, 20 Nov 2025 13:00:00 GMT', 10],
  ['a clock that is an hour behind', 'Thu, 20 Nov 2025 11:00:00 GMT', 7210],
  ['a Date that is none', 'now', 3610],
  ['two Dates', 'Thu, 20 Nov 2025 13:00:00 GMT, Thu, 20 Nov 2025 13:00:00 GMT', 3610],
  ['a list', ['Thu, 20 Nov 2025 13:00:00 GMT'], 3610],
  ['no Date', undefined, 3610],
])('a date is compared with the Date of the response: %s', (_, sentAt, seconds) => {
  expect(parseRetryAfter('Thu, 20 Nov 2025 13:00:10 GMT', NOW, sentAt)).toBe(seconds);
});

test('a number of seconds is the same whatever the Date of the response', () => {
  expect(parseRetryAfter('7', NOW, 'Thu, 20 Nov 2025 13:00:00 GMT')).toBe(7);
});

test.each([
  ['Thursday, 20-Nov-26 12:00:00 GMT', 2026],
  ['Friday, 20-Nov-70 12:00:00 GMT', 2070],
])('a two-digit year at most 50 years ahead is in this century: %s', (text, year) => {
  expect(parseRetryAfter(text, NOW)).toBe((Date.UTC(year, 10, 20, 12) - NOW) / 1000);
});

test('a two-digit year more than 50 years ahead is in the past', () => {
  expect(parseRetryAfter('Sunday, 06-Nov-94 08:49:37 GMT', NOW)).toBe(0);
});

test.each([
  undefined,
  null,
  5,
  ['5'],
  '',
  ' ',
  '1e3',
  '0x10',
  '1.5.1',
  '.5',
  '5.',
  '1,5',
  '+5',
  '-5',
  'Infinity',
  'NaN',
  '5s',
  '5, 10',
  '٥',
  'soon',
  'Mon, 31 Feb 2025 12:00:00 GMT',
  'Mon, 00 Jan 2025 12:00:00 GMT',
  'Mon, 30 Foo 2025 12:00:00 GMT',
  'Mon, 20 Nov 2025 25:00:00 GMT',
  'Thu, 20 Nov 2025 12:60:00 GMT',
  'Thu, 20 Nov 2025 12:00:61 GMT',
  'Thu, 20 Nov 2025 12:00:10 CET',
  'Thu, 20 Nov 2025 12:00:10 +0000',
  'Thu, 20 Nov 2025 12:00:10',
  'thu, 20 nov 2025 12:00:10 gmt',
  'Thu, 20-Nov-2025 12:00:10 GMT',
  'Thu, 20 Nov 25 12:00:10 GMT',
  '2025-11-20T12:00:10Z',
  'x Thu, 20 Nov 2025 12:00:10 GMT',
])('%j says nothing', (text) => {
  expect(parseRetryAfter(text, NOW)).toBeUndefined();
});
