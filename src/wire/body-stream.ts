import { PassThrough, Readable } from 'node:stream';
import { createDecoders } from './decoding';
import type { Exchange } from '../transports/transport';
import { toError } from '../util/is-error';

export interface BodyStreamOptions {
  /** The Content-Encoding, in the order in which it was applied; `undefined` if the body is not decoded. */
  readonly codings: readonly string[] | undefined;
  readonly exchange: Pick<Exchange, 'pause' | 'resume' | 'destroy'>;
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
  #codings: readonly string[] | undefined;
  #hasReader = false;
  #isPaused = false;

  constructor(options: BodyStreamOptions) {
    const { codings, exchange, onRead } = (this.#options = options);
    this.#source = new Readable({
      read: () => {
        this.#isPaused = false;
        onRead(this.#hasReader);
        exchange.resume();
      },
    });
    this.#codings = codings;
    // The decoder depends on the first chunk, but the stream is needed before that.
    this.readable = codings === undefined ? this.#source : this.#target;
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
    if (this.#codings !== undefined) this.#startDecoding(this.#codings, chunk);
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

  #startDecoding(codings: readonly string[], first: Buffer | null): void {
    this.#codings = undefined;
    try {
      // An empty body has nothing to decode, whatever its headers say.
      const decoders = first === null ? [] : createDecoders(codings, first);
      for (const decoder of decoders) {
        decoder.once('error', this.#options.onDecodingError);
        this.#target.once('close', () => decoder.destroy());
      }
      [...decoders, this.#target].reduce<Readable>((source, next) => source.pipe(next), this.#source);
    } catch (thrown) {
      this.#options.onDecodingError(toError(thrown));
    }
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
