import { Readable } from 'node:stream';
import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import type { WebStream } from '../util/is-web-stream';

/** Events of a reader. */
interface ReaderEvents {
  /** `isReading` is true while the reader waits for more. */
  reading(isReading: boolean): void;
  /** The exception for an error of the source. */
  failed(error: unknown): Error;
  /** The stream has ended, failed or been cancelled. */
  closed(): void;
}

/** A web stream that reports what its reader does, and that can be broken from outside. */
interface WatchedStream {
  readonly stream: WebStream;
  /** The same as a stream of Node. It closes with the web stream, and cancels it when it is destroyed. */
  readonly lifetime: Readable;
}

/** Passes a web stream on, one chunk at a time: nothing is read before the reader asks for it. */
export function watchWebStream(source: WebStream, events: ReaderEvents): WatchedStream {
  const reader = source.getReader();
  let controller: ReadableStreamDefaultController<unknown> | undefined;
  const lifetime = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      events.reading(false);
      events.closed();
      if (error) controller?.error(error);
      // The source may have failed itself; nobody else handles that.
      reader.cancel(error ?? undefined).catch(() => undefined);
      done(null);
    },
  });

  async function pull(): Promise<void> {
    events.reading(true);
    try {
      const { done, value } = await reader.read();
      if (lifetime.destroyed) return;
      events.reading(false);
      if (!done) controller?.enqueue(value);
      else {
        controller?.close();
        lifetime.destroy();
      }
    } catch (error) {
      if (!lifetime.destroyed) lifetime.destroy(events.failed(error));
    }
  }

  const start = (given: typeof controller): void => void (controller = given);
  const cancel = (): void => void lifetime.destroy();
  return { stream: new ReadableStream<unknown>({ start, pull, cancel }, { highWaterMark: 0 }), lifetime };
}
