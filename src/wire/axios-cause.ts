import { isAxiosError } from 'axios';
import { isError } from '../util/is-error';

/** The first cause of an AxiosError that axios did not create; of a stream of HTTP/2, what ended its connection. */
export function rootCause(error: Error): Error | undefined {
  let cause = error.cause;
  while (isAxiosError(cause) || (isStreamCancel(cause) && isError(cause.cause))) cause = cause.cause;
  return isError(cause) ? cause : undefined;
}

function isStreamCancel(error: unknown): error is Error {
  return isError(error) && (error as NodeJS.ErrnoException).code === 'ERR_HTTP2_STREAM_CANCEL';
}

/** Whether a connection could not be opened. */
export function isOfConnecting({ syscall }: NodeJS.ErrnoException): boolean {
  return syscall === 'connect' || syscall === 'getaddrinfo';
}
