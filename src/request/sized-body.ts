import type { Readable } from 'node:stream';
import type { Body } from './encode-body';

const LENGTH = Symbol('length');

type Sized = Readable & { [LENGTH]?: number };

/** Notes how many bytes a stream has. */
export function withLength<T extends Readable>(stream: T, length: number | undefined): T {
  if (length !== undefined) (stream as Sized)[LENGTH] = length;
  return stream;
}

/** The bytes of a body; `undefined` if they are not known before it is sent. */
export function knownLength(body: Exclude<Body, (() => unknown) | undefined>): number | undefined {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.byteLength(body);
  return body instanceof Blob ? body.size : (body as Sized)[LENGTH];
}
