import { readableLine } from '../../src/logging/readable-line';

test.each<[object, string]>([
  [{}, 'done'],
  [{ 'http.request.method': 'GET', 'url.full': 'http://a', code: 'TIMEOUT', duration: 1, span_id: 'x' }, 'done'],
  [{ attempts: '200 8ms' }, 'done'],
  [{ client: 'users', attempts: '503 1ms, +1s, 200 8ms' }, 'done (client: users; attempts: 503 1ms, +1s, 200 8ms)'],
  [{ tenant: { id: 7 }, note: 'two\nlines', gone: undefined }, 'done (tenant: { id: 7 }; note: two lines)'],
])('%j', (fields, line) => {
  expect(readableLine(fields as Record<string, unknown>, 'done')).toBe(line);
});
