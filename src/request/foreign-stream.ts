import { PassThrough, Readable } from 'node:stream';
import { destroyQuietly } from '../util/destroy-quietly';

/** A stream of another package, such as readable-stream, streamx or archiver: no instance of Node's Readable. */
export interface ForeignStream {
  pipe(destination: NodeJS.WritableStream): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy?(): unknown;
}

/** As axios recognises streams. */
export function isForeignStream(data: object): data is ForeignStream {
  return 'pipe' in data && typeof data.pipe === 'function' && 'on' in data && typeof data.on === 'function';
}

/** What streams tell of themselves, each kind in its own way. */
interface StreamState extends Partial<Readable> {
  /** Of combined-stream, which forms of the form-data package are. */
  readonly _released?: boolean;
}

/** Whether a stream, also one of the web, says that it has been read or destroyed. */
export function isUsedUp(stream: object): boolean {
  const { destroyed, readable, readableEnded, _released } = stream as StreamState;
  // Those of readable-stream 2 and 3, and old-style ones, are no longer readable after their end.
  if (readable === false || Readable.isDisturbed(stream as Readable)) return true;
  return [destroyed, readableEnded, _released].includes(true);
}

/** The same stream as one of Node. Some are old-style streams, which do not flow until they are piped. */
export function toReadable(source: ForeignStream): Readable {
  // Chunks may be anything: an object mode stream must not throw inside the source.
  const stream = new PassThrough({ objectMode: true });
  const events = source as unknown as NodeJS.EventEmitter;
  let hasEnded = false;
  source.on('error', (error) => stream.destroy(error));
  events.on('end', () => (hasEnded = true));
  events.on('close', () => {
    if (!hasEnded) stream.destroy(new Error('the stream was closed before its end'));
  });
  stream.on('close', () => {
    destroyQuietly(source);
  });
  source.pipe(stream);
  return stream;
}
