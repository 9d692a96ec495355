import type { Readable } from 'node:stream';
import { BodyStream } from './body-stream';
import { removeEncoding } from './decoding';
import type { Exchange, WireHead } from '../transports/transport';

export interface BodyReaderOptions {
  readonly head: WireHead;
  readonly exchange: Exchange;
  /** The Content-Encoding, in the order in which it was applied; `undefined` if the body is not decoded. */
  readonly codings: readonly string[] | undefined;
  /** Whether the caller reads the body as a stream. */
  readonly isStream: boolean;
  /** Largest body that is held in memory, in bytes. */
  readonly limit: number;
}

/** Events of reading a body. */
export interface BodyEvents {
  complete(body: Buffer): void;
  /** `body` holds the bytes received within the limit. */
  tooLarge(body: Buffer): void;
  undecodable(error: Error): void;
  /** `isReading` is true while the reader of the stream waits for more. */
  reading(isReading: boolean): void;
}

/** Reads one body into memory, or as a stream for the caller, and decodes it. */
export class BodyReader {
  /** Whether the caller reads the body as a stream. */
  readonly isStream: boolean;
  readonly #limit: number;
  readonly #events: BodyEvents;
  readonly #stream: BodyStream | undefined;
  /** Most bodies arrive in one chunk. */
  #first: Buffer | undefined;
  #others: Buffer[] | undefined;
  #size = 0;

  constructor({ head, exchange, codings, isStream, limit }: BodyReaderOptions, events: BodyEvents) {
    this.#limit = limit;
    this.#events = events;
    this.isStream = isStream;
    if (codings === undefined && !isStream) return;
    this.#stream = new BodyStream({
      codings,
      exchange,
      onRead: (isReading) => {
        if (isStream) events.reading(isReading);
      },
      onDecodingError: (error) => {
        events.undecodable(error);
      },
    });
    if (codings !== undefined) removeEncoding(head.headers);
    if (!isStream) this.#collect(this.#stream.readable);
  }

  /** The body as a stream; `undefined` if it is collected in memory without decoding. */
  get readable(): Readable | undefined {
    return this.#stream?.readable;
  }

  /** What has arrived so far, decoded; `undefined` if the caller reads the body as a stream. */
  get received(): Buffer | undefined {
    return this.isStream ? undefined : this.#toBuffer();
  }

  /** Reports that the body is too large before any of it is read. */
  refuse(): void {
    this.#events.tooLarge(Buffer.alloc(0));
  }

  push(chunk: Buffer): void {
    if (this.#stream) this.#stream.push(chunk);
    else this.#append(chunk);
  }

  end(): void {
    if (this.#stream) {
      // All of it has arrived: decoding is no wait for the service.
      this.#events.reading(false);
      this.#stream.push(null);
    } else this.#complete();
  }

  destroy(error: Error): void {
    this.#stream?.destroy(error);
  }

  #collect(stream: Readable): void {
    stream.on('data', (chunk: Buffer) => {
      this.#append(chunk);
    });
    stream.once('end', () => {
      this.#complete();
    });
    // The error that breaks the stream has already been reported.
    stream.on('error', () => undefined);
  }

  #append(chunk: Buffer): void {
    if (this.#size + chunk.length > this.#limit) {
      this.#events.tooLarge(this.#toBuffer());
      return;
    }
    if (this.#first) (this.#others ??= []).push(chunk);
    else this.#first = chunk;
    this.#size += chunk.length;
  }

  /** Lets go of the chunks: they take as much memory as the body, and the reader lives until V8 collects all garbage. */
  #complete(): void {
    const body = this.#toBuffer();
    this.#first = this.#others = undefined;
    this.#events.complete(body);
  }

  #toBuffer(): Buffer {
    if (!this.#first) return Buffer.alloc(0);
    return this.#others ? Buffer.concat([this.#first, ...this.#others], this.#size) : this.#first;
  }
}
