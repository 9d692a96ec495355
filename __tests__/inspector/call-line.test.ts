import { printCall } from '../../src/inspector/call-line';
import type { CallReport } from '../../src/inspector/report';

const CALL: CallReport = {
  key: 1,
  client: 'tickets',
  clientId: 1,
  method: 'GET',
  url: 'http://ticket-service:8000/api/v1/tickets/456?api_key=***',
  at: Date.UTC(2026, 10, 22, 13, 7, 36, 529),
  took: 5.55,
  state: 'failed',
  status: 503,
  error: { name: 'HTTPError', code: 'SERVER_ERROR', message: '' },
  retries: 1,
  attempts: [
    { at: 0, took: 0.013, outcome: 503, decision: 'retry', wait: 0.5, requests: [] },
    { at: 0, took: 1.003, outcome: 'TIMEOUT', decision: 'fail', requests: [] },
  ],
};

test('one line', () => {
  expect(printCall(CALL, false)).toBe(
    '13:07:36.529 503 GET  http://ticket-service:8000/api/v1/tickets/456?api_key=*** tickets 5.55 s (503 13 ms, +500 ms, TIMEOUT 1.00 s) SERVER_ERROR',
  );
});

test('in colour', () => {
  expect(printCall(CALL, true)).toContain('\u001b[31m503\u001b[39m');
});

test('control characters of a URL do not reach the terminal', () => {
  expect(printCall({ ...CALL, url: 'http://a/\u001b[2J', client: undefined }, false)).toContain(
    'http://a/\ufffd[2J 5.55 s',
  );
});

test('characters that turn the direction of text are replaced', () => {
  expect(printCall({ ...CALL, client: 'gpj.\u202eexe\u2069' }, false)).toContain('gpj.\ufffdexe\ufffd');
});
