import type { Readable } from 'node:stream';

/** What a transport can send. A function returns a new stream for every attempt. */
export type Body = string | Uint8Array | Blob | Readable | (() => Readable) | undefined;

export interface EncodedBody {
  readonly body: Body;
  /** Headers that describe the body; the caller's headers take precedence. */
  readonly headers: Readonly<Record<string, string>>;
}

export const NO_BODY: EncodedBody = { body: undefined, headers: {} };

const LENGTH = Symbol('length');
const MEASURING = Symbol('measuring');

type Sized = Readable & { [LENGTH]?: number; [MEASURING]?: Promise<void> };

/** Notes how many bytes a stream has. */
export function withLength<T extends Readable>(stream: T, length: number | undefined): T {
  if (length !== undefined) (stream as Sized)[LENGTH] = length;
  return stream;
}

/** Notes that the length of a stream is being found out; it must not reject. */
export function withMeasuring<T extends Readable>(stream: T, length: Promise<number | undefined>): T {
  (stream as Sized)[MEASURING] = length.then((found) => void withLength(stream, found));
  return stream;
}

/** Resolves when the length of a body is known, or cannot be found out; `undefined` if there is nothing to wait for. */
export function measuringOf(body: unknown): Promise<void> | undefined {
  return typeof body === 'object' && body !== null ? (body as Partial<Sized>)[MEASURING] : undefined;
}

/** The bytes of a body; `undefined` if they are not known before it is sent. */
export function knownLength(body: Exclude<Body, (() => unknown) | undefined>): number | undefined {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.byteLength(body);
  return body instanceof Blob ? body.size : (body as Sized)[LENGTH];
}
