import { isAxiosError } from 'axios';
import { createException, type Facts } from './create';
import type { RequestException } from './exceptions';
import { isError } from '../util/is-error';

/** The exception for a call that its caller's signal ended: a timeout signal is a deadline by another name. */
export function cancelledBy(reason: unknown, facts: Facts): RequestException {
  // Else axios puts an error of its own, which knows nothing, in the place of whatever an aborted request rejects with.
  return Object.defineProperty(exceptionFor(reason, facts), '__CANCEL__', { value: true });
}

function exceptionFor(reason: unknown, facts: Facts): RequestException {
  // axios's CancelToken gives an AxiosError for a reason.
  const error = isError(reason) && !isAxiosError(reason) ? reason : undefined;
  if (error?.name === 'TimeoutError') {
    const cause = facts.call?.lastError ?? error;
    return createException('DEADLINE_EXCEEDED', { ...facts, cause, detail: "the caller's timeout signal fired" });
  }
  return createException('CANCELLED', { ...facts, cause: error });
}
