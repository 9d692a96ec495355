import type { RequestException } from '../errors/exceptions';
import type { Call } from './call';

/**
 * Whether the failure of another call is that of this one too: a cache lets calls for the same thing wait for one request. What
 * cancelled the other one did not cancel this one.
 */
export function isShared({ code }: RequestException, other: Call, call: Call): boolean {
  const isSame = other.client === call.client && other.method === call.method;
  // An interceptor may have held up this call before its URL was complete.
  return isSame && code !== 'CANCELLED' && [other.url, other.target?.path].includes(call.url);
}
