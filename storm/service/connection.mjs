// One connection of the service: counts what arrives, and lets its kind respond.
import { Exchange } from './exchange.mjs';
import { readBody, readHead } from './requests.mjs';

export class Connection {
  #socket;
  #kind;
  #records;
  #timers = new Set();
  #bytes = Buffer.alloc(0);
  #head;
  #exchange;
  #misbehaves = false;
  #served = 0;

  constructor(socket, kind, records) {
    this.#socket = socket;
    this.#kind = kind;
    this.#records = records;
    // Clients reset connections; what they make of it is judged elsewhere.
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer);
    });
    socket.setNoDelay();
    socket.on('data', (bytes) => this.#receive(bytes));
    if (kind.at === 'accept') kind.serve(this);
  }

  get socket() {
    return this.#socket;
  }

  write(...parts) {
    if (this.#socket.writable) this.#socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  close() {
    this.#socket.end();
  }

  reset() {
    this.#socket.resetAndDestroy();
  }

  after(milliseconds, step) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#socket.destroyed) step();
    }, milliseconds);
    this.#timers.add(timer);
  }

  flood(piece, limit, index) {
    let left = limit;
    const write = () => {
      while (!this.#socket.destroyed && left > 0) {
        left -= piece.length;
        if (!this.#socket.write(piece)) return this.#socket.once('drain', write);
      }
      if (left <= 0) this.#records.complain(index, `the client read ${limit} bytes of a flood`);
    };
    write();
  }

  #receive(bytes) {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    while (this.#advance());
  }

  /** @returns whether a request is over, so that the next one may be there */
  #advance() {
    if (!this.#head && !this.#begin()) return false;
    const body = readBody(this.#bytes, this.#head.headers);
    if (!body) return false;
    this.#bytes = this.#bytes.subarray(body.length);
    this.#records.received(this.#head, body.content);
    if (!this.#misbehaves || this.#kind.at !== 'head') this.#respond();
    this.#head = undefined;
    this.#served++;
    return true;
  }

  #begin() {
    const head = readHead(this.#bytes);
    if (!head) return false;
    this.#bytes = this.#bytes.subarray(head.length);
    this.#head = head;
    const { nth, misbehaves } = this.#records.count(head);
    this.#misbehaves = misbehaves;
    this.#exchange = new Exchange(this, head, { nth, isReused: this.#served > 0 });
    if (misbehaves && this.#kind.at === 'head') this.#kind.serve(this.#exchange);
    return true;
  }

  #respond() {
    if (this.#misbehaves && this.#kind.at !== 'accept') this.#kind.serve(this.#exchange);
    else this.#exchange.reply();
  }
}
