import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import type { WireHead } from './transport';

/** The encoding of a body; `undefined` where there is none. @see RFC 9110, section 8.4 */
export function encodingOf(headers: WireHead['headers']): string | undefined {
  const encoding = String(headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  return encoding === 'identity' || encoding === '' ? undefined : encoding;
}

/**
 * A stream that undoes `encoding`; `undefined` if it is none that the client asks for.
 *
 * @param first the first chunk of the body: some services send deflate without the zlib header that RFC 9110 wants
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
