import { createException, type Facts } from './create';
import type { RequestException } from './exceptions';

/** The exception for a call that its caller's signal ended: a timeout signal is a deadline by another name. */
export function cancelledBy(reason: unknown, facts: Facts): RequestException {
  const cause = facts.call?.lastError ?? (reason instanceof Error ? reason : undefined);
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  if (isTimeout)
    return createException('DEADLINE_EXCEEDED', { ...facts, cause, detail: "the caller's timeout signal fired" });
  return createException('CANCELLED', { ...facts, cause: reason instanceof Error ? reason : undefined });
}
