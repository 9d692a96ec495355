import { Duplex, type Transform } from 'node:stream';

/** A decoder of `node:zlib`. */
export type FrameDecoder = Transform & {
  /** How much of what was written it has taken. */
  readonly bytesWritten: number;
};

/**
 * Decodes a body of several frames: some services write one for each of their buffers. A decoder of Node ends, without an error,
 * with the first frame that ends within a chunk.
 *
 * @see RFC 8878, section 3.1
 */
export class Frames extends Duplex {
  readonly #create: () => FrameDecoder;
  #decoder: FrameDecoder;

  constructor(create: () => FrameDecoder) {
    super();
    this.#create = create;
    this.#decoder = this.#next();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: () => void): void {
    const decoder = this.#decoder;
    const before = decoder.bytesWritten;
    const onEnd = (): void => {
      this.#decoder = this.#next();
      this._write(chunk.subarray(decoder.bytesWritten - before), encoding, done);
      decoder.destroy();
    };
    decoder.once('end', onEnd);
    decoder.write(chunk, () => {
      decoder.off('end', onEnd);
      if (decoder === this.#decoder) done();
    });
  }

  override _final(done: () => void): void {
    this.#decoder.once('end', () => this.push(null));
    this.#decoder.end(done);
  }

  override _read(): void {
    this.#decoder.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#decoder.destroy();
    done(error);
  }

  #next(): FrameDecoder {
    const decoder = this.#create();
    decoder.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) decoder.pause();
    });
    decoder.on('error', (error) => this.destroy(error));
    return decoder;
  }
}
