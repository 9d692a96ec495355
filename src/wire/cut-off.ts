import { endsWithHead } from '../response/ends-with-head';
import type { WireHead } from '../transports/transport';

/**
 * Whether the body of a response over HTTP/2 ended before its end: Node lets a stream that was reset, also with its connection,
 * end as any other.
 *
 * @param request Node's request; that of HTTP/1.1 says itself what broke
 * @param size bytes of the body
 * @see RFC 9113, section 8.1.1
 */
export function isCutOff(
  request: unknown,
  method: string,
  { status, headers }: Pick<WireHead, 'status' | 'headers'>,
  size: number,
): boolean {
  const { rstCode } = Object(request) as { readonly rstCode?: number };
  if (rstCode === undefined || endsWithHead(method, status)) return false;
  const length = headers['content-length'];
  // A stream that carried the whole response may be reset too, so that the rest of the request is not sent.
  return length === undefined ? rstCode !== 0 : size < Number(length);
}
