import { Readable } from 'node:stream';

/** Whether a body can be sent again. A stream cannot: the first attempt consumes it. */
export function isReplayable(body: unknown): boolean {
  return !(body instanceof Readable) && !(body instanceof ReadableStream) && !hasPipe(body);
}

function hasPipe(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'pipe' in body;
}
