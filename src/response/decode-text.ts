/** Or the value of another parameter in quotes, which may hold anything. */
const CHARSET = /(?<![\w-])charset=["']?([^\s"';]+)|="[^"]*"/gi;

function charsetOf(contentType: unknown): string {
  for (const [, charset] of String(contentType).matchAll(CHARSET)) if (charset) return charset.toLowerCase();
  return 'utf-8';
}

/** A byte order mark is more certain than a header. @see the Encoding standard, "BOM sniff" */
function markedCharset(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/**
 * The text of a body. As in axios, `encoding` is an encoding of Buffer; it may also be a charset that TextDecoder knows.
 *
 * @param encoding `responseEncoding`; without it the byte order mark decides, then the charset of `contentType`, then UTF-8
 * @throws Error with the code ERR_STRING_TOO_LONG if the text is longer than a string can be
 */
export function decodeText(
  data: Uint8Array | ArrayBuffer,
  encoding: string | null | undefined,
  contentType: unknown,
): string {
  const bytes = Buffer.isBuffer(data) ? data : toBuffer(data);
  const charset = encoding ?? markedCharset(bytes) ?? charsetOf(contentType);
  // Buffer is faster, but only TextDecoder drops a byte order mark.
  if (charset === 'utf-8' || /^utf-?8$/i.test(charset))
    return bytes[0] === 0xef ? new TextDecoder().decode(bytes) : bytes.toString();
  return encoding && Buffer.isEncoding(encoding) ? bytes.toString(encoding) : decoderFor(charset).decode(bytes);
}

/** The same memory as a Buffer. */
function toBuffer(data: Uint8Array | ArrayBuffer): Buffer {
  return data instanceof Uint8Array ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}

function decoderFor(charset: string): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
