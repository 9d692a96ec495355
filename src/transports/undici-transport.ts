import type { Socket } from 'node:net';
import type { Client, Dispatcher } from 'undici';
import type { Phase } from '../journal/attempt';
import { PRINTED_REQUEST } from '../util/printable';
import { isWhole, sourceOf } from './body-source';
import type { ConnectionLimits } from './connections';
import type { InterimResponses } from './interim-responses';
import { keepOneTraceparent, requestCreated } from './one-traceparent';
import { readRepeatedAsNode, type Headers } from './repeated-headers';
import { undottedName } from './server-name';
import { alertBefore } from './tls-alerts';
import { endsWithHead, invalidStatus } from './transport';
import type { Exchange, Transport, WireEvents, WireRequest } from './transport';
import { explain, isStale, ownConnections, withoutFraming } from './undici-connections';
import type { Connections, RequestFacts } from './undici-connections';
import type { Link, LinkedOptions } from './undici-link';
import { watchBody, watchGiven, watchWriting } from './undici-watch';

/**
 * @param given the connections of the caller's dispatcher
 * @param limits for connections of the transport's own Agent
 */
export function undiciTransport(given: Connections | undefined, allowH2: boolean, limits: ConnectionLimits): Transport {
  let own: Connections | undefined;
  let keepAlive = true;
  return {
    name: 'undici',
    uncovered: ['httpAgent', 'httpsAgent', 'lookup', 'family', 'insecureHTTPParser', 'maxHeaderSize'],
    dispatch(request, events) {
      if (requestCreated.hasSubscribers) keepOneTraceparent();
      const connections =
        given ?? (own ??= ownConnections({ ...limits, allowH2, keepAlive, tools: { follow, filter } }));
      return new UndiciExchange(request, events, connections);
    },
    withLimits: (others) => undiciTransport(given, allowH2, others),
    close() {
      keepAlive = false;
      own?.close?.(() => (own = undefined));
    },
  };
}

function follow(client: Client, link: Link): Client {
  const dispatch = client.dispatch.bind(client);
  client.dispatch = (options: LinkedOptions, handler) => {
    link.requests++;
    if (link.interim) link.interim.at = 0;
    const { exchange } = options;
    if (exchange) exchange.link = link;
    if (exchange?.wire.watch) link.watch = exchange.wire.watch;
    return dispatch(options, handler);
  };
  return client;
}

function filter(socket: Socket, interim: InterimResponses): void {
  const push = socket.push.bind(socket);
  socket.push = (chunk: Uint8Array | null, encoding) => {
    if (interim.at !== undefined && chunk) {
      if (interim.watch) interim.readVersion(chunk);
      // Most often, it is `HTTP/1.1 2`.
      if (interim.at === 0 && chunk[0] === 0x48 && chunk.length > 9 && chunk[9] !== 0x31) interim.at = undefined;
      else interim.read(chunk);
    }
    return push(chunk, encoding);
  };
}

type Controller = Dispatcher.DispatchController;

class UndiciExchange implements Exchange, Dispatcher.DispatchHandler {
  phase: Phase = 'connect';
  /** `undefined` with a dispatcher of the caller. */
  link: Link | undefined;
  #controller: Controller | undefined;
  #startedAt = 0;
  #isFirst: boolean | undefined;
  #status: number | undefined;
  /** Bytes of the body that the head announced, less those that arrived; NaN if it announced none. */
  #missing = NaN;
  #over = false;

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
      body: body === undefined || isWhole(body) ? (body ?? null) : sourceOf(body, this.#fail.bind(this)),
      // The client has a clock, and undici's timers are coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
      exchange: this,
      ...(url.protocol === 'https:' && undottedName(wire)),
    };
    if (watch) watchBody(watch, options.body);
    const { dispatcher, single } = connections;
    (wire.newConnection && single ? single() : dispatcher).dispatch(options, this);
  }

  /** The properties that axios users read from a request, among them the final URL. */
  get request(): RequestFacts {
    const { method, url } = this.wire;
    const path = url.pathname + url.search;
    const facts = { method, path, reusedSocket: this.#isFirst === false, res: { responseUrl: url.href } };
    return { __proto__: PRINTED_REQUEST, ...facts } as never;
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.phase = 'headers';
    this.#startedAt = performance.now();
    this.#isFirst = this.link ? this.link.responses === 0 : this.connections.isFirst;
    const { watch, body } = this.wire;
    if (watch) watchWriting(watch, body, this.link?.carry(watch) ?? watchGiven(watch, this.#isFirst));
    // The exchange was aborted while it waited for a connection.
    if (this.#over) controller.abort(new Error('the exchange is over'));
  }

  onResponseStart(_: Controller, status: number, headers: Headers, statusText = ''): void {
    if (this.#over) return;
    // An informational response such as 103 Early Hints; the final one follows.
    if (status >= 100 && status < 200 && status !== 101) return;
    if (status < 200 || status > 599) {
      this.#fail(invalidStatus(status), false);
      return;
    }
    if (status === 408) this.timedOut();
    this.phase = 'body';
    this.#status = status;
    this.#missing = Number(headers['content-length']);
    for (const name in headers) {
      if (typeof headers[name] !== 'string' || name === 'set-cookie') readRepeatedAsNode(headers, name);
    }
    this.events.head({ status, statusText, headers, request: this.request }, this);
  }

  onRequestUpgrade(): void {
    this.#fail(Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }), false);
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.#missing -= chunk.length;
    if (!this.#over) this.events.data(chunk);
  }

  onResponseEnd(): void {
    if (this.link) {
      this.link.requests--;
      this.link.responses++;
      if (this.link.rules.maxAge !== Infinity) this.link.retire();
    }
    if (this.#over) return;
    this.#over = true;
    this.events.end();
  }

  onResponseError(_: Controller, error: Error): void {
    if (this.link) this.link.requests--;
    this.#fail(alertBefore(error), false);
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
    else this.link?.abandon(new Error('the exchange is over'));
  }

  timedOut(): void {
    if (this.#isFirst === false) this.connections.closeIdle?.(this.wire.url.origin);
  }

  #fail(error: Error, byBody = true): void {
    if (this.#over) return;
    const { phase } = this;
    const stale = !byBody && phase === 'headers' && isStale(error, this.#isFirst, this.#startedAt);
    this.destroy();
    if (!byBody) this.timedOut();
    const hasHead = this.#status !== undefined;
    const isComplete = this.#missing === 0 || (hasHead && endsWithHead(this.wire.method, Number(this.#status)));
    // Nothing of the response is missing: what broke the connection came after it.
    if (!byBody && isComplete) this.events.end();
    else this.events.error({ error: explain(error, hasHead), phase: byBody ? 'headers' : phase, stale, byBody });
  }
}
