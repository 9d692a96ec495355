import { Readable } from 'node:stream';
import type { WireRequest } from './transport';

/** A body that is written in one piece. */
type WholeBody = Extract<WireRequest['body'], string | Uint8Array>;

/** Whether a body can be written in one piece; otherwise it is read from a stream. */
export function isWhole(body: NonNullable<WireRequest['body']>): body is WholeBody {
  return typeof body === 'string' || body instanceof Uint8Array;
}

const NOT_ASCII = /[\x80-\xff]/;

/**
 * What to give to Node. It writes a text and the headers before it in one piece, as UTF-8: a header with other characters than
 * those of ASCII would arrive changed, as headers are Latin-1.
 */
export function besideHeaders(body: WholeBody, headers: WireRequest['headers']): WholeBody {
  if (typeof body !== 'string') return body;
  return Object.values(headers).some((value) => NOT_ASCII.test(String(value))) ? Buffer.from(body) : body;
}

/**
 * The stream that sends a body.
 *
 * @param onFailure called if the stream stops before its end
 */
export function bodySource(
  body: Exclude<WireRequest['body'], WholeBody | undefined>,
  onFailure: (error: Error) => void,
): Readable {
  const source = body instanceof Readable ? body : Readable.fromWeb(body.stream() as never);
  const onEnd = (error?: Error | null): void => {
    if (!source.readableEnded) onFailure(error ?? new Error('it stopped before its end'));
  };
  // Not `finished`: for an empty stream it calls back early, and only once.
  source.on('error', onEnd).on('close', onEnd);
  if (source.destroyed) process.nextTick(onEnd, source.errored);
  return source;
}
