/**
 * Whether a response is complete with its head, whatever its headers say of a length and whatever bytes follow.
 *
 * @see RFC 9112, section 6.3
 */
export function endsWithHead(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}
