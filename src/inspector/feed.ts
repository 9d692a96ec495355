import type { ServerResponse } from 'node:http';
import type { Recorder } from './recorder';
import type { Frame, ServiceReport } from './report';

/** Milliseconds between two frames. */
const PERIOD = 100;
/** A reader that is this many bytes behind is cut off; it comes back by itself. */
const MOST_BEHIND = 1024 * 1024;
export const MOST_READERS = 8;

interface Reader {
  readonly response: ServerResponse;
  /** Of the last frame that it got. */
  version: number;
}

/** Sends readers what changes, as server-sent events: first all that is kept, then the changes, at most ten times a second. */
export class Feed {
  readonly #readers = new Set<Reader>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly recorder: Recorder,
    private readonly service: ServiceReport,
  ) {}

  get isFull(): boolean {
    return this.#readers.size >= MOST_READERS;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    const reader = { response, version: 0 };
    this.#readers.add(reader);
    response.once('close', () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#stop();
    });
    this.#send(reader, this.service);
    this.#timer ??= setInterval(this.#tick.bind(this), PERIOD).unref();
  }

  close(): void {
    this.#stop();
    for (const { response } of this.#readers) response.end();
  }

  #tick(): void {
    for (const reader of this.#readers) this.#send(reader);
  }

  #send(reader: Reader, service?: ServiceReport): void {
    const { recorder } = this;
    const { version } = recorder;
    const { response } = reader;
    if (response.writableLength > MOST_BEHIND) {
      response.destroy();
      return;
    }
    const frame: Frame = {
      now: Date.now(),
      service,
      clients: recorder.clients(),
      calls: recorder.changesSince(reader.version),
      oldest: recorder.oldest,
    };
    reader.version = version;
    response.write(`data: ${JSON.stringify(frame)}\n\n`);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
