import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES, type ErrorCode } from '../../src/errors/codes';
import { callErrorType, refusalReason, resendReason, tokenSource } from '../../src/opentelemetry/closed-values';

const ERRORS = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');

/** The reasons of `fail` as the docs list them. */
const REASONS = [...ERRORS.slice(ERRORS.lastIndexOf('| Reason ')).matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, name]) =>
  String(name),
);

test('every reason of the journal for `fail` is a value', () => {
  expect(REASONS.length).toBeGreaterThan(15);
  for (const reason of REASONS) expect(refusalReason(reason, { code: 'REQUEST_FAILED' })).toBe(reason);
});

test.each<[ErrorCode, string]>([
  ['CIRCUIT_OPEN', 'circuit-open'],
  ['QUEUE_FULL', 'queue-full'],
  ['ORIGIN_CLOSED', 'origin-closed'],
  ['RATE_LIMITED', 'rate-limited'],
  ['TOKEN_UNAVAILABLE', 'token-unavailable'],
  ['INVALID_URL', 'invalid-request'],
  ['JSON_INVALID', 'invalid-response'],
  ['CANCELLED', 'cancelled'],
  ['DEADLINE_EXCEEDED', 'deadline'],
  ['INTERCEPTOR_FAILED', 'interceptor-failed'],
  ['REQUEST_FAILED', 'not-retryable'],
])('without a reason of the journal, %s is %s', (code, reason) => {
  expect(refusalReason(undefined, { code })).toBe(reason);
  // The reason of a retry that was decided but not made.
  expect(refusalReason('SERVER_ERROR', { code })).toBe(reason);
});

test('each code that is not retryable, and has no attempt, has a reason of its own or is not-retryable', () => {
  const reasons = new Set(Object.keys(CODES).map((code) => refusalReason(undefined, { code: code as ErrorCode })));

  expect([...reasons].sort()).toEqual([
    'cancelled',
    'circuit-open',
    'deadline',
    'interceptor-failed',
    'invalid-request',
    'invalid-response',
    'not-retryable',
    'origin-closed',
    'queue-full',
    'rate-limited',
    'token-unavailable',
  ]);
});

test.each([
  ['SERVER_ERROR', 'SERVER_ERROR'],
  ['TOKEN_REFUSED', 'TOKEN_REFUSED'],
  ['302', '302'],
  ['slow', 'slow'],
  ['interceptor', 'interceptor'],
  ['made up 4711', '_OTHER'],
  ['404', '_OTHER'],
  [undefined, '_OTHER'],
])('a resend because of %s has the reason %s', (given, shown) => {
  expect(resendReason(given)).toBe(shown);
});

test.each([
  [503, 'SERVER_ERROR', '503'],
  [undefined, 'TIMEOUT', 'TIMEOUT'],
  [undefined, 'lost', '_OTHER'],
  [undefined, 'made up 4711', '_OTHER'],
  [undefined, 'constructor', '_OTHER'],
  [undefined, undefined, undefined],
  [undefined, 'CANCELLED', undefined],
])('status %s and code %s are the error type %s', (status, code, type) => {
  expect(callErrorType(status, code)).toBe(type);
});

test.each(['tokenService', 'onBehalfOf', 'signedJwt', 'fileToken', 'custom'])('%s is a token source', (source) => {
  expect(tokenSource(source)).toBe(source);
});

test('a kind of source that nobody knows makes no series of its own', () => {
  expect(['Vault4711', 'constructor'].map(tokenSource)).toEqual(['_OTHER', '_OTHER']);
});
