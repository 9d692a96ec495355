import { createException, type Facts } from './create';
import type { RequestException } from './exceptions';
import { isError } from '../util/is-error';
import { axios } from '../util/packages';

/** The exception for a call that the caller's signal ended. A timeout signal counts as a deadline. */
export function cancelledBy(reason: unknown, facts: Facts): RequestException {
  // Without this mark, axios replaces the error of an aborted request with a CanceledError that has no details.
  return Object.defineProperty(exceptionFor(reason, facts), '__CANCEL__', { value: true });
}

function exceptionFor(reason: unknown, facts: Facts): RequestException {
  // The reason of axios's CancelToken is an AxiosError.
  const error = isError(reason) && !axios().isAxiosError(reason) ? reason : undefined;
  if (error?.name === 'TimeoutError') {
    const cause = facts.call?.lastError ?? error;
    return createException('DEADLINE_EXCEEDED', { ...facts, cause, detail: "the caller's timeout signal fired" });
  }
  return createException('CANCELLED', { ...facts, cause: error });
}
