import type { ServerResponse } from 'node:http';
import type { Recorder } from './recorder';
import type { CallReport, Frame, ServiceReport } from './report';

/** Milliseconds between two frames. */
const PERIOD = 100;
/** Periods after which a frame is sent although no call has changed. */
const QUIET = 10;
/** Calls in one of the first frames: all at once would hold up the service, and may be more than a reader takes. */
const PART = 200;
/** A reader that is this many bytes behind is cut off; it comes back by itself. */
const MOST_BEHIND = 1024 * 1024;
/** Characters that wait to be read before a reader gets the next of its first frames. */
const ENOUGH = 64 * 1024;
export const MOST_READERS = 8;

/** Sends readers what changes, as server-sent events: first all that is kept, then the changes, at most ten times a second. */
export class Feed {
  readonly #readers = new Set<Reader>();
  #timer: NodeJS.Timeout | undefined;
  #version = 0;
  #quiet = 0;

  constructor(
    private readonly recorder: Recorder,
    private readonly service: ServiceReport,
  ) {}

  get isFull(): boolean {
    return this.#readers.size >= MOST_READERS;
  }

  add(response: ServerResponse): void {
    // It has ended already, so nothing would remove it.
    if (response.destroyed) return;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      // Middleware that compresses would hold back the events.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    const reader = new Reader(response, this.recorder);
    this.#readers.add(reader);
    response.once('close', () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#stop();
    });
    reader.begin(this.service);
    if (this.#timer) return;
    this.#version = this.recorder.version;
    this.#timer = setInterval(this.#tick.bind(this), PERIOD).unref();
  }

  close(): void {
    this.#stop();
    for (const reader of this.#readers) reader.close();
  }

  /** What has changed is written once, for all readers. */
  #tick(): void {
    const { recorder } = this;
    const calls = recorder.changesSince(this.#version);
    this.#version = recorder.version;
    const isQuiet = calls.length === 0 && ++this.#quiet < QUIET;
    if (!isQuiet) this.#quiet = 0;
    const event = isQuiet ? undefined : eventOf(recorder, calls);
    for (const reader of this.#readers) reader.tick(event);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** One page that is open. */
class Reader {
  /** Of the last call that it got in its first frames; absent once it has all. */
  #sentTo: number | undefined = 0;
  /** When it began to get them. */
  readonly #version: number;

  constructor(
    private readonly response: ServerResponse,
    private readonly recorder: Recorder,
  ) {
    this.#version = recorder.version;
  }

  begin(service: ServiceReport): void {
    this.#sendPart(service);
  }

  /** @param event what has changed for those that have all */
  tick(event: string | undefined): void {
    const { response } = this;
    if (response.destroyed) return;
    if (response.writableLength > MOST_BEHIND) response.destroy();
    else if (this.#sentTo !== undefined) this.#sendPart();
    else if (event !== undefined) response.write(event);
  }

  close(): void {
    this.response.end();
  }

  /** The oldest calls come first, and then what has changed meanwhile. */
  #sendPart(service?: ServiceReport): void {
    const { recorder, response } = this;
    if (this.#sentTo === undefined || response.destroyed || response.writableEnded) return;
    if (response.writableLength > ENOUGH) return;
    const part = recorder.after(this.#sentTo, PART);
    this.#sentTo = part.length < PART ? undefined : part.at(-1)?.key;
    const isLast = this.#sentTo === undefined;
    response.write(eventOf(recorder, isLast ? [...part, ...recorder.changesSince(this.#version)] : part, service));
    if (!isLast) setImmediate(this.#sendPart.bind(this, undefined));
  }
}

function eventOf(recorder: Recorder, calls: readonly CallReport[], service?: ServiceReport): string {
  const { oldest } = recorder;
  const frame: Frame = { now: Date.now(), service, clients: recorder.clients(), calls, oldest };
  return `data: ${JSON.stringify(frame)}\n\n`;
}
