import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Phase } from '../journal/attempt';
import { soon } from '../util/soon';
import { isWhole, sourceOf } from './body-source';
import { keepOneTraceparent, requestCreated } from './one-traceparent';
import { readRepeatedAsNode } from './repeated-headers';
import { endsWithHead, type Exchange, type Transport, type WireEvents, type WireRequest } from './transport';
import { connectionsOf, isStale, ownConnections, type Connections } from './undici-connections';

export type { Transport } from './transport';

export interface UndiciOptions {
  /** Your Agent, Pool, ProxyAgent or MockAgent. The client does not close it. @default an Agent created by the transport */
  readonly dispatcher?: Dispatcher | undefined;
  /** Whether the default Agent uses HTTP/2 with servers that support it. @default false */
  readonly allowH2?: boolean | undefined;
}

/**
 * The fastest transport, on undici's `Dispatcher.dispatch`. nock does not intercept it; MockAgent does.
 *
 * @throws TypeError if an option is invalid
 */
export function undici({ dispatcher, allowH2 = false }: UndiciOptions = {}): Transport {
  if (dispatcher !== undefined && typeof (dispatcher as Partial<Dispatcher> | null)?.dispatch !== 'function') {
    throw new TypeError('Option `dispatcher` must be an undici Dispatcher, such as `new Agent()`');
  }
  if (typeof allowH2 !== 'boolean') throw new TypeError('Option `allowH2` must be true or false');
  const given = dispatcher && connectionsOf(dispatcher);
  let own: Connections | undefined;
  let isClosed = false;
  return {
    name: 'undici',
    uncovered: ['httpAgent', 'httpsAgent', 'lookup', 'family', 'insecureHTTPParser', 'maxHeaderSize'],
    dispatch(request, events) {
      if (requestCreated.hasSubscribers) keepOneTraceparent();
      return new UndiciExchange(request, events, given ?? (own ??= ownConnections(allowH2, !isClosed)));
    },
    close() {
      isClosed = true;
      // Calls in progress still have to send their requests.
      soon(() => {
        // Resolves when those requests end; nobody handles a failure.
        own?.dispatcher.close().catch(() => undefined);
        own = undefined;
      });
    },
  };
}

type Controller = Dispatcher.DispatchController;

class UndiciExchange implements Exchange, Dispatcher.DispatchHandler {
  phase: Phase = 'connect';
  readonly #url: URL;
  readonly #method: string;
  readonly #events: WireEvents;
  readonly #connections: Connections;
  readonly #connecting: Socket | undefined;
  #controller: Controller | undefined;
  #startedAt = 0;
  #isFirst: boolean | undefined;
  #status: number | undefined;
  /** Bytes of the body that the head announced, less those that arrived; NaN if it announced none. */
  #missing = NaN;
  #over = false;

  constructor({ method, url, headers, body }: WireRequest, events: WireEvents, connections: Connections) {
    this.#events = events;
    this.#url = url;
    this.#method = method;
    this.#connections = connections;
    connections.connecting = undefined;
    connections.dispatcher.dispatch(
      {
        origin: url.origin,
        path: pathOf(url),
        method,
        headers: withoutFraming(headers),
        body: this.#toBody(body),
        // The client has a clock, and undici's timers are coarse.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      this,
    );
    this.#connecting = connections.connecting;
  }

  /** The properties that axios users read from a request, among them the final URL. */
  get request(): { readonly method: string; readonly path: string; readonly res: { readonly responseUrl: string } } {
    return { method: this.#method, path: pathOf(this.#url), res: { responseUrl: this.#url.href } };
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.phase = 'headers';
    this.#startedAt = performance.now();
    this.#isFirst = this.#connections.isFirst;
    // The exchange was aborted while it waited for a connection.
    if (this.#over) controller.abort(new Error('the exchange is over'));
  }

  onResponseStart(_: Controller, status: number, headers: Headers, statusText = ''): void {
    // An informational response such as 100 Continue; the final one follows.
    if (status < 200 || this.#over) return;
    this.phase = 'body';
    this.#status = status;
    this.#missing = Number(headers['content-length']);
    this.#events.head({ status, statusText, headers: readRepeatedAsNode(headers), request: this.request }, this);
  }

  onRequestUpgrade(): void {
    this.#fail(Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }), false);
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.#missing -= chunk.length;
    if (!this.#over) this.#events.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.end();
  }

  onResponseError(_: Controller, error: Error): void {
    this.#fail(error, false);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  destroy(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#controller) this.#controller.abort(new Error('the exchange is over'));
    // Otherwise, undici would continue to connect for a request that nobody waits for.
    else this.#connecting?.destroy(new Error('the exchange is over'));
  }

  #toBody(body: WireRequest['body']): string | Uint8Array | Readable | null {
    if (body === undefined) return null;
    if (isWhole(body)) return body;
    return sourceOf(body, (error) => {
      this.#fail(error, true);
    });
  }

  /** Whether nothing of the response is missing: what broke the connection came after it. */
  get #isWhole(): boolean {
    return this.#status !== undefined && (this.#missing === 0 || endsWithHead(this.#method, this.#status));
  }

  /** undici gives this code to whatever its parser rejects once it has read a Content-Length, even within the head. */
  #explain(error: NodeJS.ErrnoException): Error {
    if (this.#status !== undefined || error.code !== 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return error;
    return Object.assign(new Error('the response is not valid HTTP', { cause: error }), {
      code: 'HPE_INVALID_RESPONSE',
    });
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
    const { phase } = this;
    const stale = !byBody && phase === 'headers' && isStale(error, this.#isFirst, this.#startedAt);
    this.destroy();
    if (!byBody && this.#isWhole) this.#events.end();
    else this.#events.error({ error: this.#explain(error), phase: byBody ? 'headers' : phase, stale, byBody });
  }
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

type Headers = Record<string, string | string[] | undefined>;

/** undici sets Transfer-Encoding for streams itself, and rejects the header. */
function withoutFraming(headers: WireRequest['headers']): WireRequest['headers'] {
  if (!('Transfer-Encoding' in headers)) return headers;
  const { 'Transfer-Encoding': _, ...others } = headers;
  return others;
}
