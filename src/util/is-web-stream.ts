import { ReadableStream } from 'node:stream/web';

export type WebStream = ReadableStream<unknown>;

/** Whether `value` is a stream of the Web Streams standard, such as the body that axios's fetch adapter returns. */
export function isWebStream(value: unknown): value is WebStream {
  return value instanceof ReadableStream;
}
