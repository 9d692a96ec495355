import { Readable } from 'node:stream';
import { Client, type Dispatcher } from 'undici';
import type { Phase } from '../journal/attempt';
import { endsWithHead } from '../response/ends-with-head';
import { destroyQuietly } from '../util/destroy-quietly';
import { readAsNode, SPACE, type LowerCaseHeaders } from './repeated-headers';
import { SentRequest } from './sent-request';
import { undottedName } from './server-name';
import { alertBefore } from './tls-alerts';
import { cutOff, invalidStatus, type Exchange, type WireEvents, type WireRequest } from './transport';
import { undiciBody, withoutFraming } from './undici-body';
import { explain, isStale } from './undici-failure';
import type { Connections, Link } from './undici-link';
import { watchBody, watchGiven, watchWriting } from './undici-watch';

export type LinkedOptions = Dispatcher.DispatchOptions & { readonly exchange?: UndiciExchange };

/** A client that stores its link in the exchange of each request that it sends. */
export class LinkedClient extends Client {
  constructor(
    origin: URL,
    options: Client.Options,
    readonly link: Link,
  ) {
    super(origin, options);
  }

  override dispatch(options: LinkedOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { link } = this;
    link.requests++;
    if (link.interim) link.interim.at = 0;
    const { exchange } = options;
    if (exchange) exchange.link = link;
    if (exchange?.wire.watch) link.watch = exchange.wire.watch;
    return super.dispatch(options, handler);
  }
}

type Controller = Dispatcher.DispatchController;

/** One request over undici, and its response. */
export class UndiciExchange implements Exchange, Dispatcher.DispatchHandler {
  phase: Phase = 'connect';
  /** `undefined` with a dispatcher of the caller. */
  link: Link | undefined;
  #controller: Controller | undefined;
  #startedAt = 0;
  #isFirst: boolean | undefined;
  #status: number | undefined;
  /** Bytes of the body that the head announced, less those that arrived; below 0 if it announced none. */
  #missing = -1;
  /** Whether nobody waits for it any more. */
  isOver = false;
  #isPaused = false;
  /** Whether nothing but the end of the connection ends the body. */
  #lastsAsConnection = false;
  /** Set once the connection ends. */
  #ended: { readonly error: Error | undefined } | undefined;

  constructor(
    readonly wire: WireRequest,
    private readonly events: WireEvents,
    private readonly connections: Connections,
  ) {
    const { method, url, headers, body, watch } = wire;
    const options: LinkedOptions = {
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: 'Transfer-Encoding' in headers ? withoutFraming(headers) : headers,
      body: body === undefined ? null : undiciBody(wire, connections.mayBeH2, this.#fail.bind(this)),
      // The client has a clock, and undici's timers are coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
      exchange: this,
      // Otherwise undici takes those of a polluted prototype.
      query: undefined as never,
      upgrade: null,
      ...(url.protocol === 'https:' && undottedName(wire)),
    };
    if (watch) watchBody(watch, options.body);
    (wire.newConnection && connections.single ? connections.single() : connections.dispatcher).dispatch(options, this);
  }

  get request(): SentRequest {
    return new SentRequest(this.wire, this.#isFirst === false);
  }

  /** Whether the head has arrived, and is the whole response. */
  get #isHeadOnly(): boolean {
    return this.#status !== undefined && endsWithHead(this.wire.method, this.#status);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.phase = 'headers';
    // An integer: any other number is an object.
    this.#startedAt = Math.round(performance.now());
    const { link } = this;
    if (link?.interim) link.carried = this;
    this.#isFirst = link ? link.responses === 0 : this.connections.isFirst;
    const { watch, body } = this.wire;
    if (watch) watchWriting(watch, body, link?.carry(watch) ?? watchGiven(watch, this.#isFirst));
    // The exchange was aborted while it waited for a connection.
    if (this.isOver) controller.abort(new Error('the exchange is over'));
  }

  onResponseStart(_: Controller, status: number, headers: LowerCaseHeaders, statusText = ''): void {
    if (this.isOver) return;
    // An informational response such as 103 Early Hints; the final one follows.
    if (status >= 100 && status < 200 && status !== 101) return;
    if (status < 200 || status > 599) {
      this.#fail(invalidStatus(status), false);
      return;
    }
    if (status === 408) this.timedOut();
    this.phase = 'body';
    this.#status = status;
    this.#missing = Number(headers['content-length'] ?? -1);
    this.#lastsAsConnection = this.#missing < 0 && headers['transfer-encoding'] === undefined;
    for (const name in headers) {
      const value = headers[name];
      const isList = typeof value !== 'string' || name === 'set-cookie';
      if (isList || value.charCodeAt(value.length - 1) <= SPACE) readAsNode(headers, name);
    }
    this.events.head({ status, statusText, headers, request: this.request }, this);
  }

  onRequestUpgrade(): void {
    this.#fail(Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }), false);
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.#missing -= chunk.length;
    if (!this.isOver) this.events.data(chunk);
  }

  onResponseEnd(controller: Controller): void {
    // undici takes a reset for the end of such a body, and over HTTP/2 for the end of any.
    const reset = this.#lastsAsConnection ? this.#ended?.error : this.#missing > 0 && !this.#isHeadOnly && cutOff();
    if (reset) {
      this.onResponseError(controller, reset);
      return;
    }
    this.link?.ended(true);
    if (this.isOver) return;
    this.isOver = true;
    this.events.end();
  }

  onResponseError(_: Controller, error: Error): void {
    this.link?.ended(false);
    this.#fail(alertBefore(error), false);
  }

  pause(): void {
    if (this.#ended) return;
    this.#isPaused = true;
    this.#controller?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#controller?.resume();
  }

  /** Passes on what has arrived: undici 7 throws if a connection ends while its parser is paused. @see https://github.com/nodejs/undici/issues/5360 */
  beforeEnd(error?: Error): void {
    this.#ended = { error };
    if (this.#isPaused) this.resume();
  }

  destroy(): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.#controller) this.#controller.abort(new Error('the exchange is over'));
    // Otherwise, undici would continue to connect for a request that nobody waits for.
    else this.link?.abandon(new Error('the exchange is over'));
    const { body } = this.wire;
    // undici does not close that of a request that never started.
    if (body instanceof Readable) destroyQuietly(body);
  }

  timedOut(): void {
    if (this.#isFirst === false) this.connections.closeIdle?.(this.wire.url.origin);
  }

  #fail(error: Error, byBody = true): void {
    if (this.isOver) return;
    const { phase } = this;
    const stale = !byBody && phase === 'headers' && isStale(error, this.#isFirst, this.#startedAt, this.link?.socket);
    this.destroy();
    // A single stream of HTTP/2 may fail while its connection is well.
    if (!byBody && (error as NodeJS.ErrnoException).code !== 'ERR_HTTP2_STREAM_ERROR') this.timedOut();
    const hasHead = this.#status !== undefined;
    // Nothing of the response is missing: what broke the connection came after it.
    if (!byBody && (this.#missing === 0 || this.#isHeadOnly)) this.events.end();
    else this.events.error({ error: explain(error, hasHead), phase: byBody ? 'headers' : phase, stale, byBody });
  }
}
