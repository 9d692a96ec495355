import { CODES, type ErrorCode } from '../../src/errors/codes';
import { outcomeOf, type Outcome } from '../../src/resilience/outcome';

const response = (status: number, headers: object = {}): { status: number; headers: object } => ({ status, headers });

test.each<[Outcome, number]>([
  ['success', 200],
  ['success', 204],
  ['success', 304],
  ['success', 400],
  ['success', 401],
  ['success', 404],
  ['success', 408],
  ['success', 499],
  ['neither', 429],
  ['failure', 500],
  ['failure', 501],
  ['failure', 503],
  ['failure', 599],
])('%s: a response with status %i', (outcome, status) => {
  expect(outcomeOf(undefined, response(status))).toBe(outcome);
});

test.each<[Outcome, object]>([
  ['neither', { 'retry-after': '5' }],
  ['neither', { 'Retry-After': '0' }],
  ['neither', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }],
  ['neither', { 'x-should-retry': 'false' }],
  ['failure', { 'retry-after': 'soon' }],
  ['failure', { 'x-should-retry': 'true' }],
])('%s: a 503 with %j', (outcome, headers) => {
  expect(outcomeOf('SERVER_ERROR', response(503, headers))).toBe(outcome);
});

/** What an attempt says that ended with one of these codes. */
const ROWS: readonly (readonly [Outcome | 'as its status', readonly string[]])[] = [
  ['failure', ['CONNECTION_REFUSED', 'HOST_NOT_FOUND', 'CONNECTION_RESET', 'CONNECTION_CLOSED', 'CONNECTION_FAILED']],
  ['failure', ['PROXY_UNAVAILABLE', 'PROXY_REFUSED', 'BODY_TRUNCATED', 'PROTOCOL_ERROR']],
  ['failure', ['CERTIFICATE_INVALID', 'TLS_FAILED', 'TIMEOUT']],
  ['success', ['TOO_MANY_REDIRECTS', 'REDIRECT_REFUSED']],
  ['neither', ['STALE_CONNECTION', 'HEADERS_TOO_LARGE', 'DEADLINE_EXCEEDED', 'CANCELLED']],
  ['neither', ['CIRCUIT_OPEN', 'QUEUE_FULL', 'ORIGIN_CLOSED', 'RATE_LIMITED']],
  ['neither', ['INVALID_URL', 'INVALID_HEADER', 'INVALID_BODY', 'INVALID_OPTION']],
  ['neither', ['TOKEN_UNAVAILABLE', 'TOKEN_INVALID', 'KEYS_UNAVAILABLE', 'INTERCEPTOR_FAILED', 'REQUEST_FAILED']],
  ['as its status', ['CLIENT_ERROR', 'TOO_MANY_REQUESTS', 'SERVER_ERROR', 'UNEXPECTED_STATUS']],
  ['as its status', ['CONTENT_DECODING_FAILED', 'RESPONSE_TOO_LARGE']],
  ['as its status', ['JSON_EMPTY', 'JSON_INVALID', 'RESPONSE_INVALID', 'SCHEMA_FAILED']],
];

test('every code stands in one row', () => {
  expect(ROWS.flatMap(([, codes]) => codes).sort()).toEqual(Object.keys(CODES).sort());
});

test.each(ROWS)('%s: %j', (outcome, codes) => {
  const byStatus = outcome === 'as its status';
  for (const code of codes as readonly ErrorCode[]) {
    expect([code, outcomeOf(code, undefined)]).toEqual([code, byStatus ? 'neither' : outcome]);
    expect([code, outcomeOf(code, response(200))]).toEqual([code, byStatus ? 'success' : outcome]);
    expect([code, outcomeOf(code, response(500))]).toEqual([code, byStatus ? 'failure' : outcome]);
  }
});
