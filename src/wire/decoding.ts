import { constants } from 'node:buffer';
import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import type { WireHead } from '../transports/transport';

/** The Content-Encoding of a body; `undefined` if there is none. @see RFC 9110, section 8.4 */
export function encodingOf(headers: WireHead['headers']): string | undefined {
  const header = headers['content-encoding'];
  if (header === undefined) return undefined;
  const encoding = String(header).trim().toLowerCase();
  return encoding === 'identity' || encoding === '' ? undefined : encoding;
}

/**
 * Decodes a complete body.
 *
 * @param limit largest decoded size in bytes
 * @throws Error if the encoding is unsupported or the body is invalid; the code is ERR_BUFFER_TOO_LARGE above `limit`
 */
export function decodeWhole(body: Buffer, encoding: string, limit: number): Buffer {
  const options = { maxOutputLength: Math.min(limit, constants.MAX_LENGTH) };
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.gunzipSync(body, options);
    case 'deflate':
      return ((body[0] ?? 0) & 0x0f) === 8 ? zlib.inflateSync(body, options) : zlib.inflateRawSync(body, options);
    case 'br':
      return zlib.brotliDecompressSync(body, options);
    default:
      throw new Error(`the body is encoded as ${encoding}, which was not requested`);
  }
}

/**
 * A stream that decodes `encoding`; `undefined` if the client does not request that encoding.
 *
 * @param first the first chunk of the body: some services send deflate without the zlib header that RFC 9110 requires
 */
export function createDecoder(encoding: string, first: Buffer): Transform | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
    case 'br':
      return zlib.createBrotliDecompress();
    default:
      return undefined;
  }
}
