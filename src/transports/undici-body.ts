import type { Readable } from 'node:stream';
import { isWhole, bodySource } from './body-source';
import type { WireRequest } from './transport';

/** Methods whose body undici 7 can send in one piece over HTTP/2: https://github.com/nodejs/undici/issues/5027 */
const IN_ONE_PIECE: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * A body as undici takes it.
 *
 * @param mayBeH2 whether the connection may speak HTTP/2
 * @param onFailure called if a stream stops before its end
 */
export function undiciBody(
  { method, body = '' }: WireRequest,
  mayBeH2: boolean,
  onFailure: (error: Error) => void,
): string | Uint8Array | Readable {
  // A Blob, which undici's types omit, can be sent again by a RetryAgent; a stream cannot.
  if (isWhole(body))
    return mayBeH2 && body.length > 0 && !IN_ONE_PIECE.has(method) ? (new Blob([body]) as never) : body;
  // For the chunks of an empty Blob, undici 7 waits for ever over HTTP/2.
  return body instanceof Blob && body.size === 0 ? '' : bodySource(body, onFailure);
}

/** undici sets Transfer-Encoding for streams itself, and rejects the header. */
export function withoutFraming(headers: WireRequest['headers']): WireRequest['headers'] {
  const { 'Transfer-Encoding': _, ...others } = headers;
  return others;
}
