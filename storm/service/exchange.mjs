// One request, and the means to respond to it with any bytes.
import { STATUS_CODES } from 'node:http';

/** Nothing listens at tcpmux. A free port could become the local one of a connection to it, which then connects to itself. */
export const DEAD_PORT = 1;

export class Exchange {
  #connection;

  /** @param nth 1 for the first request of its call */
  constructor(connection, { method, index, hop, headers }, { nth, isReused }) {
    this.#connection = connection;
    this.method = method;
    this.index = index;
    this.hop = hop;
    this.requestHeaders = headers;
    this.nth = nth;
    this.isReused = isReused;
  }

  get isHead() {
    return this.method === 'HEAD';
  }

  /** The body of a healthy response. */
  json(padding = 0) {
    return JSON.stringify({ id: this.index, padding: 'x'.repeat(padding) });
  }

  /** A status line with headers; the id shows whose response it is. */
  headOf(status, headers = {}) {
    const lines = Object.entries({ 'X-Storm-Id': this.index, ...headers }).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}: ${one}\r\n`),
    );
    return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Odd'}\r\n${lines.join('')}\r\n`;
  }

  head(status, headers) {
    this.write(this.headOf(status, headers));
  }

  /** Writes what belongs to a body, which a response to HEAD has not. */
  body(...parts) {
    if (!this.isHead) this.write(...parts);
  }

  /** A complete, valid response. */
  reply(status = 200, headers = {}, body = this.json()) {
    this.head(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers });
    this.body(body);
  }

  write(...parts) {
    this.#connection.write(...parts);
  }

  close() {
    this.#connection.close();
  }

  reset() {
    this.#connection.reset();
  }

  /** Runs `step` later, if the connection is still open. */
  after(milliseconds, step) {
    this.#connection.after(milliseconds, step);
  }

  /** Writes each part some time after the one before. */
  slowly(milliseconds, parts, then = () => {}) {
    const [first, ...rest] = parts;
    if (first === undefined) then();
    else {
      this.write(first);
      this.after(milliseconds, () => this.slowly(milliseconds, rest, then));
    }
  }

  /** Writes as long as the client reads; it is a fault if that is more than `limit` bytes. */
  flood(piece, limit) {
    this.#connection.flood(piece, limit, this.index);
  }

  /** A URL of this service that belongs to the same call. */
  urlOf(hop) {
    return `/c/${this.index}/${hop}`;
  }

  /** A URL at which nothing listens. */
  deadURL() {
    return `http://127.0.0.1:${DEAD_PORT}/c/${this.index}/dead`;
  }
}
