import { finished, Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { Phase } from '../errors/exceptions';
import type { Exchange, Transport, WireEvents, WireRequest } from './transport';

export type { Transport } from './transport';

export interface UndiciOptions {
  /** What dispatches: an Agent, Pool, ProxyAgent or MockAgent of yours, which is yours to close. @default an Agent of its own */
  readonly dispatcher?: Dispatcher | undefined;
  /** Whether its own Agent speaks HTTP/2 where the other side does. @default false */
  readonly allowH2?: boolean | undefined;
}

/**
 * The transport on undici's `Dispatcher.dispatch`: the fastest. nock does not see it; MockAgent does.
 *
 * @throws TypeError if an option is wrong
 */
export function undici({ dispatcher, allowH2 = false }: UndiciOptions = {}): Transport {
  if (dispatcher !== undefined && typeof (dispatcher as Partial<Dispatcher> | null)?.dispatch !== 'function') {
    throw new TypeError('Option `dispatcher` must be a Dispatcher of undici, such as `new Agent()`');
  }
  if (typeof allowH2 !== 'boolean') throw new TypeError('Option `allowH2` must be true or false');
  let own: Agent | undefined;
  return {
    name: 'undici',
    uncovered: ['httpAgent', 'httpsAgent', 'lookup', 'family', 'insecureHTTPParser', 'maxHeaderSize'],
    dispatch(request, events) {
      return new UndiciExchange(request, events, dispatcher ?? (own ??= new Agent({ allowH2 })));
    },
    close() {
      // Ends when the calls under way have; there is nobody to tell if it fails.
      own?.close().catch(() => undefined);
      own = undefined;
    },
  };
}

type Controller = Dispatcher.DispatchController;

class UndiciExchange implements Exchange, Dispatcher.DispatchHandler {
  phase: Phase = 'connect';
  readonly #url: URL;
  readonly #method: string;
  readonly #events: WireEvents;
  #controller: Controller | undefined;
  #over = false;

  constructor({ method, url, headers, body }: WireRequest, events: WireEvents, dispatcher: Dispatcher) {
    this.#events = events;
    this.#url = url;
    this.#method = method;
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: pathOf(url),
        method,
        headers: withoutFraming(headers),
        body: this.#toBody(body),
        // The clock is ours: undici's timers are coarse.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      this,
    );
  }

  /** What users of axios look for in a request: it leads to the final URL. */
  get request(): { readonly method: string; readonly path: string; readonly res: { readonly responseUrl: string } } {
    return { method: this.#method, path: pathOf(this.#url), res: { responseUrl: this.#url.href } };
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.phase = 'headers';
    // It was given up while it waited for a connection.
    if (this.#over) controller.abort(new Error('the exchange is over'));
  }

  onResponseStart(_: Controller, status: number, headers: Headers, statusText = ''): void {
    // 100 Continue and the like: the answer is still to come.
    if (status < 200 || this.#over) return;
    this.phase = 'body';
    const cookies = headers['set-cookie'];
    // As Node has it, whose headers axios knows: always a list.
    if (typeof cookies === 'string') headers['set-cookie'] = [cookies];
    this.#events.head({ status, statusText, headers, request: this.request }, this);
  }

  onRequestUpgrade(): void {
    this.#fail(Object.assign(new Error('the other side changed the protocol'), { code: 'HPE_UPGRADE' }), false);
  }

  onResponseData(_: Controller, chunk: Buffer): void {
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
    this.#controller?.abort(new Error('the exchange is over'));
  }

  #toBody(body: WireRequest['body']): string | Uint8Array | Readable | null {
    if (body === undefined) return null;
    if (typeof body === 'string' || body instanceof Uint8Array) return body;
    const source = body instanceof Readable ? body : Readable.fromWeb(body.stream() as never);
    finished(source, { writable: false }, (error) => {
      if (!source.readableEnded) this.#fail(error ?? new Error('it gave no reason'), true);
    });
    return source;
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
    const { phase } = this;
    this.destroy();
    const stale = !byBody && phase === 'headers' && hadServedOthers(error);
    this.#events.error({ error, phase: byBody ? 'headers' : phase, stale, byBody });
  }
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

type Headers = Record<string, string | string[] | undefined>;

/** undici frames a stream by itself, and refuses to be told. */
function withoutFraming(headers: WireRequest['headers']): WireRequest['headers'] {
  if (!('Transfer-Encoding' in headers)) return headers;
  const { 'Transfer-Encoding': _, ...others } = headers;
  return others;
}

/** Whether bytes came on a connection that brought none for this request. undici tells it where the other side closed. */
function hadServedOthers(error: Error): boolean {
  const { socket } = error as Error & { readonly socket?: { readonly bytesRead?: number } };
  return (socket?.bytesRead ?? 0) > 0;
}
