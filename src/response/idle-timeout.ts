import { findHeader } from './find-header';

/**
 * Whether a 408 ends a connection that was idle for too long: the server did not wait for the request that is on it now.
 *
 * @param request Node's ClientRequest, or an object with its `reusedSocket`
 * @see RFC 9110, section 15.5.9
 */
export function isIdleTimeout(headers: object | undefined, request: unknown): boolean {
  if (typeof request !== 'object' || request === null || !('reusedSocket' in request) || !request.reusedSocket)
    return false;
  return /(^|,)\s*close\s*(,|$)/i.test(String(findHeader(headers, 'connection')));
}
