import { AxiosError } from 'axios';
import { isOfConnecting, rootCause } from '../../src/wire/axios-cause';

const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });

function axiosError(cause: unknown): AxiosError {
  return Object.assign(new AxiosError('failed'), { cause });
}

test.each<[string, Error, Error | undefined]>([
  ['of axios alone', axiosError(undefined), undefined],
  ["around Node's", axiosError(reset), reset],
  ['around another of axios', axiosError(axiosError(reset)), reset],
  ['around a value', axiosError('text'), undefined],
])('the root cause of an error %s', (_, error, expected) => {
  expect(rootCause(error)).toBe(expected);
});

test('of a stream of HTTP/2 that was cancelled, it is what ended the connection', () => {
  const cancelled = Object.assign(new Error('cancelled'), { code: 'ERR_HTTP2_STREAM_CANCEL' });

  expect(rootCause(axiosError(cancelled))).toBe(cancelled);
  expect(rootCause(axiosError(Object.assign(cancelled, { cause: reset })))).toBe(reset);
});

test.each([
  ['connect', true],
  ['getaddrinfo', true],
  ['read', false],
  [undefined, false],
])('an error of the system call %s is one of connecting: %s', (syscall, expected) => {
  expect(isOfConnecting(Object.assign(new Error(), { syscall }))).toBe(expected);
});
