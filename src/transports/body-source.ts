import { finished, Readable } from 'node:stream';
import type { WireRequest } from './transport';

/** A body that is written at once. */
export type WholeBody = Extract<WireRequest['body'], string | Uint8Array>;

/** Whether a body is at hand, and not read piece by piece. */
export function isWhole(body: NonNullable<WireRequest['body']>): body is WholeBody {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/**
 * A body as the stream that is sent.
 *
 * @param onFailure is told if the stream breaks off before its end
 */
export function sourceOf(
  body: Exclude<WireRequest['body'], WholeBody | undefined>,
  onFailure: (error: Error) => void,
): Readable {
  const source = body instanceof Readable ? body : Readable.fromWeb(body.stream() as never);
  finished(source, { writable: false }, (error) => {
    if (!source.readableEnded) onFailure(error ?? new Error('it gave no reason'));
  });
  return source;
}
