import { UNSAFE_METHODS } from '../resilience/retry-policy';
import type { CallPlugin } from './plugin';

const HEADER = 'Idempotency-Key';

/**
 * Gives every POST and PATCH a key that is the same on each attempt, so that the upstream can tell a retry from a new
 * request. A key set by the caller is kept.
 *
 * @see IETF draft-ietf-httpapi-idempotency-key-header
 */
export function idempotencyKey(): CallPlugin {
  return {
    name: 'idempotency-key',
    request({ headers }, call) {
      if (UNSAFE_METHODS.has(call.method) && !headers.has(HEADER)) headers.set(HEADER, call.id);
    },
  };
}
