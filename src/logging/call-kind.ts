import type { ErrorCode } from '../errors/codes';
import type { CallEnd } from '../events/messages';

/** The kinds of calls that have separate log levels. */
export type CallKind = 'success' | 'retried' | 'callerFault' | 'cancelled' | 'failure';

/** Failures caused by the request, or by how fast this service calls. All others are failures of the upstream. */
const CALLER_FAULTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CLIENT_ERROR',
  'TOO_MANY_REQUESTS',
  'INVALID_URL',
  'INVALID_HEADER',
  'INVALID_BODY',
  'INVALID_OPTION',
  'REDIRECT_REFUSED',
  'RATE_LIMITED',
]);

export function callKind({ call, error }: CallEnd): CallKind {
  if (error === undefined) return call.retries === 0 ? 'success' : 'retried';
  const { code } = error;
  if (code === 'CANCELLED') return 'cancelled';
  return CALLER_FAULTS.has(code) ? 'callerFault' : 'failure';
}
