import type { InternalAxiosRequestConfig } from 'axios';
import { createException, type Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import type { WireHead } from '../transports/transport';
import { limitOf } from './size-limit';
import { isAccepted, statusError, toData, toResponse } from './wire-response';

/**
 * The error for a response whose body failed. An error status says more than the failure of its body: it is reported, with the
 * part of the body that arrived and the failure as its cause.
 *
 * @param part `undefined` if no response is being read, or the caller reads it as a stream
 */
export function bodyError(
  head: WireHead | undefined,
  part: Buffer | undefined,
  config: InternalAxiosRequestConfig,
  failure: RequestException,
): Error {
  if (!head || !part || !isErrorStatus(head, config, failure)) return failure;
  const response = toResponse(head, toData(part, config, head), config);
  return Object.assign(statusError(response), { cause: failure });
}

/** An accepted 4xx is a success, but must not be retried because its body broke. */
function isErrorStatus(head: WireHead, config: InternalAxiosRequestConfig, { retryable }: RequestException): boolean {
  return !isAccepted(head, config) || (head.status >= 400 && retryable);
}

export function tooLarge(config: InternalAxiosRequestConfig, facts: Facts): RequestException {
  return createException('RESPONSE_TOO_LARGE', {
    ...facts,
    detail: `the body is larger than ${limitOf(config)} bytes`,
  });
}

export function undecodable(cause: Error, facts: Facts): RequestException {
  const detail = `the body cannot be decoded: ${cause.message}`;
  return createException('CONTENT_DECODING_FAILED', { ...facts, cause, detail });
}
