import { PRINTED_REQUEST } from '../util/printable';
import { STATUS_CODES } from 'node:http';
import { constants } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Phase } from '../journal/attempt';
import { toError } from '../util/is-error';
import type { Exchange, WireEvents, WireRequest } from '../transports/transport';
import { received, type Answer, type nextAnswer, type RawResponse, type Received } from './script';

/** A response or a failure in the script of `mockClient`. */
export interface MockAnswer extends Answer {
  /** The error that the exchange fails with: an Error, or the code of a Node error, such as `ECONNREFUSED`. */
  readonly error?: string | Error;
}

type Reply = (request: Received) => ReturnType<typeof nextAnswer<MockAnswer>>;

/** Codes of errors on an established connection: it broke, or the response was not HTTP. */
const AFTER_CONNECTING = /^(ECONNRESET|EPIPE|ETIMEDOUT|HPE_\w+|UND_ERR_SOCKET)$/;

/** An exchange without a socket. */
export class MockExchange implements Exchange {
  phase: Phase = 'headers';
  readonly request: unknown;
  readonly #events: WireEvents;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    { method, url, headers, body }: WireRequest,
    events: WireEvents,
    private readonly reply: Reply,
  ) {
    this.#events = events;
    // Users of axios look here for the final URL.
    const res = { responseUrl: url.href };
    this.request = { __proto__: PRINTED_REQUEST, method, path: url.pathname + url.search, res };
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    bytesOf(body)
      .then(
        (bytes) => this.#answer(received({ method, url: url.href, headers: Object.fromEntries(lower), body: bytes })),
        (error: unknown) => {
          this.#fail(toError(error), true);
        },
      )
      .catch((error: unknown) => {
        this.#fail(toError(error));
      });
  }

  pause(): void {
    // The whole body is in memory already.
  }

  resume(): void {
    // See above.
  }

  destroy(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #answer(request: Received): Promise<void> {
    if (this.#isOver) return;
    const { answer, raw } = await this.reply(request);
    const { delay = 0, hangUp = false, error } = answer;
    const send = (): void => {
      if (this.#isOver) return;
      if (error !== undefined || hangUp) this.#fail(error === undefined ? hungUp() : toNodeError(error));
      else this.#send(raw, request.method);
    };
    if (delay === 0) send();
    else if (delay !== Infinity) this.#timer = setTimeout(send, delay * 1000);
  }

  #send({ status, headers, body }: RawResponse, method: string): void {
    this.phase = 'body';
    // Node's default for the status.
    const statusText = STATUS_CODES[status] ?? 'unknown';
    this.#events.head({ status, statusText, headers: asRead(headers), request: this.request }, this);
    const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
    this.#end(hasBody ? body : Buffer.alloc(0));
  }

  #end(body: Buffer): void {
    // The head may have ended the exchange, as it does if it announces a body that is too large.
    if (!this.#isOver && body.length > 0) this.#events.data(body);
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.end();
  }

  #fail(error: Error, byBody = false): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const isConnected = byBody || AFTER_CONNECTING.test((error as NodeJS.ErrnoException).code ?? '');
    this.#events.error({ error, phase: isConnected ? 'headers' : 'connect', stale: false, byBody });
  }
}

async function bytesOf(body: WireRequest['body']): Promise<Buffer> {
  if (body instanceof Readable) return buffer(body);
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  return Buffer.from(body ?? '');
}

/** Repeated headers as Node reads them. */
function asRead(headers: RawResponse['headers']): Record<string, string | string[]> {
  const read = Object.entries(headers).map(([name, value]) => {
    if (typeof value === 'string') return [name, value.trim()];
    return [name, name === 'set-cookie' ? value : value.join(', ')];
  });
  return Object.fromEntries(read) as Record<string, string | string[]>;
}

/** Node's error for a connection that was closed without a response: it has no errno. */
function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function toNodeError(error: string | Error): Error {
  if (typeof error !== 'string') return error;
  const errno = -((constants.errno as Record<string, number>)[error] ?? 1);
  return Object.assign(new Error(`${error} (mock)`), { code: error, errno });
}
