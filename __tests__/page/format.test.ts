import type { CallReport } from '../../src/inspector/report';
import { ahead, bytes, clock, duration, labelOf, pathOf, toneOf, toneOfCall, tookOf } from '../../page/format';

const CALL: CallReport = {
  key: 1,
  client: 'users',
  clientId: 1,
  method: 'GET',
  url: 'http://a/',
  at: 1000,
  state: 'ok',
  retries: 0,
  attempts: [],
};

test.each([
  [0, '0.0 ms'],
  [0.0004, '0.4 ms'],
  [0.00996, '10 ms'],
  [0.5, '500 ms'],
  [0.9996, '1.00 s'],
  [5.553, '5.55 s'],
  [9.996, '10.0 s'],
  [75, '75.0 s'],
])('%d s is shown as %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected.replace(' ', '\u00a0'));
});

test.each([
  [-1, 'expired'],
  [30, '30 s'],
  [2460, '41 min'],
  [7200, '2 h'],
])('%d s ahead: %s', (seconds, expected) => {
  expect(ahead(seconds)).toBe(expected.replace(' ', '\u00a0'));
});

test('a time of day', () => {
  expect(clock(Date.UTC(2026, 10, 22, 13, 7, 36, 529), 2)).toBe('13:07:36.52');
});

test.each([
  [8 * 1024 * 1024, '8 MB'],
  [65_536, '64 KB'],
])('%d bytes: %s', (count, expected) => {
  expect(bytes(count)).toBe(expected);
});

test.each([
  [200, 'good'],
  [304, 'good'],
  [404, 'warn'],
  [429, 'bad'],
  [503, 'bad'],
  ['TIMEOUT', 'bad'],
  ['CANCELLED', 'mute'],
  ['lost', 'mute'],
  [undefined, 'open'],
])('%s looks %s', (outcome, tone) => {
  expect(toneOf(outcome)).toBe(tone);
});

test('a call that the caller accepted looks good whatever its status', () => {
  expect(toneOfCall({ ...CALL, status: 404 })).toBe('good');
  expect(toneOfCall({ ...CALL, status: 404, state: 'failed' })).toBe('warn');
});

test.each([
  [{ state: 'open' } as const, '···'],
  [{ status: 201 }, '201'],
  [{ state: 'failed', error: { name: '', code: 'CIRCUIT_OPEN', message: '' } } as const, 'breaker'],
  [{ state: 'failed', error: { name: '', code: 'INVALID_OPTION', message: '' } } as const, 'invalid option'],
])('%j is labelled %s', (part, expected) => {
  expect(labelOf({ ...CALL, ...part })).toBe(expected);
});

test.each([
  ['http://a:80/b/c?d=e', ['/b/c', '?d=e', 'a:80']],
  ['https://a', ['/', '', 'a']],
  ['not a URL', ['not a URL', '', '']],
])('%s is split', (url, expected) => {
  expect(pathOf(url)).toEqual(expected);
});

test('a call in flight has taken the time since its start', () => {
  expect(tookOf(CALL, 1500)).toBe(0.5);
  expect(tookOf({ ...CALL, took: 0.2 }, 1500)).toBe(0.2);
});
