import axios from 'axios';
import { ERROR_CODES } from '../../src/errors/classes';
import type { ErrorCode } from '../../src/errors/codes';
import { createException } from '../../src/errors/create';
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
