import { Readable } from 'node:stream';

/** Whether a body can be sent a second time; a stream is used up by the first. */
export function isReplayable(body: unknown): boolean {
  return !(body instanceof Readable) && !(body instanceof ReadableStream) && !hasPipe(body);
}

function hasPipe(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'pipe' in body;
}
