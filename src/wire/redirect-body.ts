import type { Exchange, WireHead } from '../transports/transport';
import { announcesTooMuch } from './size-limit';

/** Bytes and milliseconds that the body of a redirect may take. Beyond them, a new connection costs less than the rest. */
const MAX_BYTES = 64 * 1024;
const MAX_TIME = 100;

/**
 * Reads and discards the body of a redirect, so that its connection can be reused. A redirect is followed for its head: a body
 * that is too long, stalls or breaks only costs the connection.
 */
export class RedirectBody {
  #left = MAX_BYTES;
  #isOver = false;
  readonly #timer = setTimeout(() => {
    this.giveUp();
  }, MAX_TIME);

  /**
   * @param method of the request that was redirected
   * @param onEnd called once, when the next request can be sent
   */
  constructor(
    head: WireHead,
    method: string,
    private readonly exchange: Exchange,
    private readonly onEnd: () => void,
  ) {
    if (announcesTooMuch(head, method, MAX_BYTES)) this.giveUp();
  }

  push(chunk: Buffer): void {
    this.#left -= chunk.length;
    if (this.#left < 0) this.giveUp();
  }

  /** Gives the connection up. */
  giveUp(): void {
    if (this.#isOver) return;
    this.exchange.destroy();
    this.end();
  }

  end(): void {
    if (this.#isOver) return;
    this.cancel();
    this.onEnd();
  }

  /** Stops waiting, because the attempt is over. */
  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
