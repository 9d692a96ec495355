import type { InternalAxiosRequestConfig } from 'axios';
import type { RequestException } from '../errors/exceptions';
import type { WireHead } from '../transports/transport';
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
