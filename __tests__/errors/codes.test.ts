import { ERROR_CODES } from '../../src/errors/classes';
import type { ErrorCode } from '../../src/errors/codes';
import { createException } from '../../src/errors/create';

const rows = Object.entries(ERROR_CODES) as [ErrorCode, (typeof ERROR_CODES)[ErrorCode]][];

test('every meaning is told once', () => {
  expect(new Set(rows.map(([, { meaning }]) => meaning)).size).toBe(rows.length);
});

test('what the contract wants to be retried is retryable', () => {
  const retryable = rows.filter(([, row]) => row.retryable).map(([code]) => code);

  expect(retryable.sort()).toEqual([
    'BODY_TRUNCATED',
    'CONNECTION_CLOSED',
    'CONNECTION_FAILED',
    'CONNECTION_REFUSED',
    'CONNECTION_RESET',
    'HOST_NOT_FOUND',
    'PROXY_UNAVAILABLE',
    'SERVER_ERROR',
    'STALE_CONNECTION',
    'TIMEOUT',
    'TOO_MANY_REQUESTS',
  ]);
});

test('a connection or clock that failed without a phase got nowhere', () => {
  for (const code of ['CONNECTION_FAILED', 'TLS_FAILED', 'TIMEOUT', 'DEADLINE_EXCEEDED'] as const) {
    expect(createException(code)).toMatchObject({ phase: 'connect' });
  }
});

test('a JSON error tells where', () => {
  expect(createException('JSON_INVALID', { position: 7 })).toMatchObject({ position: 7 });
  expect(createException('JSON_EMPTY')).toMatchObject({ position: 0 });
});
