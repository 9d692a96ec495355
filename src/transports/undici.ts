import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Phase } from '../journal/attempt';
import { soon } from '../util/soon';
import { isWhole, sourceOf } from './body-source';
import type { Exchange, Transport, WireEvents, WireRequest } from './transport';
import { connectionsOf, isStale, ownConnections, type Connections } from './undici-connections';

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
  const given = dispatcher && connectionsOf(dispatcher);
  let own: Connections | undefined;
  return {
    name: 'undici',
    uncovered: ['httpAgent', 'httpsAgent', 'lookup', 'family', 'insecureHTTPParser', 'maxHeaderSize'],
    dispatch(request, events) {
      return new UndiciExchange(request, events, given ?? (own ??= ownConnections(allowH2)));
    },
    close() {
      // After the requests of the calls that have begun.
      soon(() => {
        // Ends when they have; there is nobody to tell if it fails.
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
        // The clock is ours: undici's timers are coarse.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      this,
    );
    this.#connecting = connections.connecting;
  }

  /** What users of axios look for in a request: it leads to the final URL. */
  get request(): { readonly method: string; readonly path: string; readonly res: { readonly responseUrl: string } } {
    return { method: this.#method, path: pathOf(this.#url), res: { responseUrl: this.#url.href } };
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.phase = 'headers';
    this.#startedAt = performance.now();
    this.#isFirst = this.#connections.isFirst;
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
    if (this.#controller) this.#controller.abort(new Error('the exchange is over'));
    // undici would go on connecting for a request that nobody waits for.
    else this.#connecting?.destroy(new Error('the exchange is over'));
  }

  #toBody(body: WireRequest['body']): string | Uint8Array | Readable | null {
    if (body === undefined) return null;
    if (isWhole(body)) return body;
    return sourceOf(body, (error) => {
      this.#fail(error, true);
    });
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
    const { phase } = this;
    const stale = !byBody && phase === 'headers' && isStale(error, this.#isFirst, this.#startedAt);
    this.destroy();
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
