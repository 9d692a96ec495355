import { PassThrough, Readable } from 'node:stream';
import { createDecoder } from './decoding';
import type { Exchange } from '../transports/transport';

export interface BodyStreamOptions {
  /** The Content-Encoding; `undefined` if the body is not decoded. */
  readonly encoding: string | undefined;
  readonly exchange: Exchange;
  /** Called when the reader starts to wait for more (true) and when it has enough (false). */
  readonly onRead: (isReading: boolean) => void;
  /** Called when the body cannot be decoded. */
  readonly onDecodingError: (error: Error) => void;
}

/** The decoded body as a stream with back-pressure: the server waits while nobody reads. */
export class BodyStream {
  readonly readable: Readable;
  readonly #options: BodyStreamOptions;
  readonly #source: Readable;
  readonly #target = new PassThrough();
  #encoding: string | undefined;
  #hasReader = false;
  #isPaused = false;

  constructor(options: BodyStreamOptions) {
    const { encoding, exchange, onRead } = (this.#options = options);
    this.#source = new Readable({
      read: () => {
        this.#isPaused = false;
        onRead(this.#hasReader);
        exchange.resume();
      },
    });
    this.#encoding = encoding;
    // The decoder depends on the first chunk, but the stream is needed before that.
    this.readable = encoding === undefined ? this.#source : this.#target;
    // An error before anybody reads must not crash the process; a later reader still gets it.
    this.readable.on('error', () => undefined);
    onReader(this.readable, () => {
      this.#hasReader = true;
      if (!this.#isPaused) onRead(true);
    });
    this.readable.once('close', () => {
      this.#source.destroy();
      exchange.destroy();
    });
  }

  push(chunk: Buffer | null): void {
    if (this.#encoding !== undefined) this.#startDecoding(this.#encoding, chunk);
    if (this.#source.push(chunk)) return;
    this.#options.onRead(false);
    if (chunk === null) return;
    this.#isPaused = true;
    this.#options.exchange.pause();
  }

  destroy(error: Error): void {
    this.readable.destroy(error);
    this.#source.destroy();
  }

  #startDecoding(encoding: string, first: Buffer | null): void {
    this.#encoding = undefined;
    // An empty body has nothing to decode, whatever its headers say.
    const decoder = first === null ? new PassThrough() : createDecoder(encoding, first);
    if (!decoder) {
      this.#options.onDecodingError(new Error(`the body is encoded as ${encoding}, which was not requested`));
      return;
    }
    decoder.once('error', this.#options.onDecodingError);
    this.#target.once('close', () => decoder.destroy());
    this.#source.pipe(decoder).pipe(this.#target);
  }
}

/** Calls `callback` when the caller starts to read. The stream's own `read` runs earlier, because it prefetches bytes. */
export function onReader(stream: Readable, callback: () => void): void {
  stream.on('newListener', (event) => {
    if (event === 'data' || event === 'readable') callback();
  });
  // A caller that discards the body with `resume()` adds no listener.
  stream.on('resume', callback);
}
