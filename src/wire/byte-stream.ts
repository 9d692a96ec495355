import { pipeline, Transform, type Readable } from 'node:stream';
import { kindOfSecret } from '../checks/kind-of';
import { knownLength, withLength } from '../request/body';

/**
 * The stream to send. Of one in object mode, each chunk is checked: one that is neither text nor bytes would end the request
 * early. One that has an encoding is made of text, whose characters undici takes for bytes.
 */
export function toByteStream(stream: Readable): Readable {
  if (!stream.readableObjectMode && stream.readableEncoding === null) {
    // The transport reads it later. Until then, one to whose `data` the caller listens as well would lose what flows.
    return stream.pause();
  }
  // The error reaches the reader of the last stream.
  const bytes = pipeline(stream, bytesOnly(), () => undefined);
  return withLength(bytes, knownLength(stream));
}

function bytesOnly(): Transform {
  return new Transform({
    objectMode: true,
    transform(chunk: unknown, _, done) {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) done(null, chunk);
      else
        done(new TypeError(`a chunk of the stream must be a string, Buffer or Uint8Array, got ${kindOfSecret(chunk)}`));
    },
  });
}
