import type { RequestListener, ServerResponse } from 'node:http';

/** Milliseconds after which the gateway in front of the service responds 504. */
const GATEWAY_TIMEOUT = 250;

/**
 * A service that handles one request after the other, behind a gateway. The gateway does not wait for ever, and the service does
 * not notice when it has left: it does the work anyway.
 */
export class SmallService {
  requests = 0;
  readonly #waiting: ServerResponse[] = [];
  #current: ServerResponse | undefined;
  /** When the current request is done, in milliseconds. Counted on by the clock, so that late timers do not make the service slower. */
  #doneAt = 0;

  /** @param serviceTime seconds that one request takes */
  constructor(public serviceTime: number) {}

  readonly listener: RequestListener = (_, response) => {
    this.requests++;
    const timer = setTimeout(() => response.writeHead(504).end(), GATEWAY_TIMEOUT);
    response.once('close', () => {
      clearTimeout(timer);
    });
    this.#waiting.push(response);
    if (this.#current) return;
    this.#doneAt = performance.now();
    this.#next();
    this.#work();
  };

  stop(): void {
    this.#waiting.length = 0;
    this.#current = undefined;
  }

  #work(): void {
    const now = performance.now();
    while (this.#current && this.#doneAt <= now) {
      if (!this.#current.writableEnded) this.#current.end('done');
      this.#next();
    }
    if (!this.#current) return;
    setTimeout(() => {
      this.#work();
    }, this.#doneAt - now);
  }

  #next(): void {
    this.#current = this.#waiting.shift();
    this.#doneAt += this.serviceTime * 1000;
  }
}
