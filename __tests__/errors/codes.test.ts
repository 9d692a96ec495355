import axios from 'axios';
import { createException } from '../../src/errors/create';
import { ERROR_CODES } from '../../src/errors/classes';
import type { ErrorCode } from '../../src/errors/codes';
import * as exceptions from '../../src/errors/exceptions';

const rows = Object.entries(ERROR_CODES) as [ErrorCode, (typeof ERROR_CODES)[ErrorCode]][];

test.each(rows)('%s yields its class', (code, { type, retryable, meaning }) => {
  const error = createException(code);

  expect(Object.getPrototypeOf(error)).toBe(type.prototype);
  expect(error).toMatchObject({ code, name: type.name, retryable, message: meaning });
  expect(error).toBeInstanceOf(exceptions.RequestException);
  expect(error).toBeInstanceOf(Error);
  expect(axios.isAxiosError(error)).toBe(true);
});

test('the tree of classes is that of the contract', () => {
  const { ConnectionError, DeadlineExceeded, RequestException, SSLError, Timeout, ...others } = exceptions;

  expect(Object.getPrototypeOf(SSLError)).toBe(ConnectionError);
  expect(Object.getPrototypeOf(DeadlineExceeded)).toBe(Timeout);
  for (const type of [ConnectionError, Timeout, ...Object.values(others)]) {
    expect(Object.getPrototypeOf(type)).toBe(RequestException);
  }
});

test('every class has a code', () => {
  const types = new Set(rows.map(([, { type }]) => type));

  for (const type of Object.values(exceptions)) expect([type.name, types.has(type)]).toEqual([type.name, true]);
});

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
