import type { InternalAxiosRequestConfig } from 'axios';
import { createException } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import { isCallNotPermitted, isRequestException } from '../errors/guards';
import type { Phase } from '../journal/attempt';
import { REFUSED_LATER } from '../resilience/retry-policy';
import type { HTTPResponse } from '../response/http-response';
import type { Call } from './call';
import './call-of';

/** The failure of an attempt whose call has not ended. */
export type LiveFailure = RequestException & { readonly config: InternalAxiosRequestConfig & { readonly call: Call } };

/** A failure that does not belong to a running call must not be retried as if it did. */
export function isOfLiveCall(error: unknown): error is LiveFailure {
  return isRequestException(error) && error.config?.call?.settled === false;
}

/**
 * What a call fails with once no retry follows: not always the failure of its last attempt.
 *
 * @throws that failure
 */
export function conclude(error: unknown): never {
  throw isOfLiveCall(error) ? (error.config.call.failure = conclusionOf(error)) : error;
}

function conclusionOf(error: LiveFailure): RequestException {
  if (error.code === 'DEADLINE_EXCEEDED') return error;
  return isCallNotPermitted(error) ? failureBefore(error) : failureAtDeadline(error);
}

/** A retry was decided, but held back after its wait: the call fails with what the retry was to repair. */
function failureBefore(error: LiveFailure): RequestException {
  const { call } = error.config;
  const last = call.lastError;
  if (!last) return error;
  call.revokeRetry(REFUSED_LATER[error.code] ?? error.code);
  return last;
}

/** DeadlineExceeded, if only the deadline prevented another attempt. */
function failureAtDeadline(error: LiveFailure): RequestException {
  const { config, sent, response, retryAfter } = error;
  const { call } = config;
  if (call.lastReason !== 'deadline') return error;
  const detail = `another attempt would exceed the deadline of ${call.limit} s`;
  const phase = 'phase' in error ? (error.phase as Phase) : 'body';
  const facts = { call, config, cause: error, sent, phase, response: response as HTTPResponse | undefined, retryAfter };
  return createException('DEADLINE_EXCEEDED', { ...facts, detail });
}
