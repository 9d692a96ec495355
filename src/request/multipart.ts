import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { withLength, type EncodedBody } from './body';

/** A Blob or File, also of another package. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): unknown;
}

/** FormData, also of another package, or its entries. */
export type FormDataLike = Iterable<readonly [string, string | BlobLike]>;

/** As axios recognises FormData. */
export function isFormData(data: object): data is FormDataLike {
  return tagOf(data) === 'FormData' && 'append' in data && Symbol.iterator in data;
}

export function isBlobLike(data: object): data is BlobLike {
  return /^(Blob|File)$/.test(tagOf(data)) && 'size' in data && 'stream' in data;
}

function tagOf(data: object): string {
  return Object.prototype.toString.call(data).slice('[object '.length, -1);
}

/**
 * Encodes a form with a known size that can be read again for a retry; file parts are read only when sent.
 *
 * @see RFC 7578; the escapes are those of the HTML standard, "multipart/form-data encoding algorithm"
 */
export function encodeMultipart(form: FormDataLike, boundary = `----${randomUUID()}`): EncodedBody {
  const parts: (string | BlobLike)[] = [];
  for (const [name, value] of form) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`;
    if (typeof value === 'string') {
      parts.push(`${disposition}\r\n\r\n${value.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`);
    } else {
      const { type, name: file = 'blob' } = value;
      const described = type === '' ? 'application/octet-stream' : type;
      parts.push(`${disposition}; filename="${escape(file)}"\r\nContent-Type: ${described}\r\n\r\n`, value, '\r\n');
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return encodeParts(parts, `multipart/form-data; boundary=${boundary}`);
}

/** A Blob of another package: its bytes come from its own stream. */
export function encodeBlobLike(blob: BlobLike): EncodedBody {
  return encodeParts([blob], blob.type === '' ? 'application/octet-stream' : blob.type);
}

function encodeParts(parts: readonly (string | BlobLike)[], type: string): EncodedBody {
  const headers = { 'Content-Type': type };
  // Node's Blob would take one of another package for text.
  const isOurs = parts.every((part) => typeof part === 'string' || part instanceof Blob);
  if (isOurs) return { body: new Blob(parts as (string | Blob)[], { type }), headers };
  const size = parts.reduce((sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : part.size), 0);
  return { body: () => withLength(Readable.from(bytesOf(parts), { objectMode: false }), size), headers };
}

async function* bytesOf(parts: readonly (string | BlobLike)[]): AsyncGenerator<string | Uint8Array> {
  for (const part of parts) {
    const stream = typeof part === 'string' ? undefined : part.stream();
    if (typeof part === 'string') yield part;
    else if (isIterable(stream)) yield* stream;
    else yield new Uint8Array(await part.arrayBuffer());
  }
}

function isIterable(stream: unknown): stream is AsyncIterable<Uint8Array> {
  return typeof stream === 'object' && stream !== null && Symbol.asyncIterator in stream;
}

function escape(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}
