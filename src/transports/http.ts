import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { inspect } from 'node:util';
import type { Phase } from '../journal/attempt';
import { inspectRequest, requestToJSON, type PRINTED_REQUEST } from '../util/printable';
import { besideHeaders, isWhole, bodySource } from './body-source';
import { toNodeLookup } from './lookup';
import { resolveConnections, type ConnectionLimits } from './connections';
import { headersOf } from './node-headers';
import { closeIdleOf, httpPools, type Way } from './http-pools';
import type { PooledSocket } from './idle-sockets';
import { withoutTLS } from './proxy/proxy';
import { throughProxy } from './proxy/proxy-agents';
import type { RoutedOptions } from './proxy/proxy-connection';
import { undottedName } from './server-name';
import { brokeEarly, invalidStatus, mayLeaveBody, NOBODY } from './transport';
import type { Exchange, Transport, WireEvents, WireRequest } from './transport';
import { withoutUndefined } from '../util/without-undefined';
import { watchRequest } from './watch-request';
import { whenConnected } from './when-connected';

/**
 * The transport on `node:http` and `node:https`, with connections kept alive.
 *
 * @param limits for connections of the transport's own agents
 * @param trustEnv whether `HTTP_PROXY` and similar variables apply
 */
export function httpTransport(limits: ConnectionLimits = resolveConnections(), trustEnv = false): Transport {
  const { own, single, proxied, close } = httpPools(limits);
  return {
    name: 'http',
    proxies: true,
    dispatch(request, events) {
      const { url, connection, newConnection } = request;
      const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
      const options = toNodeOptions(request);
      if (protocol === 'https:') Object.assign(options, undottedName(request));
      const connecting = connection.proxy || trustEnv ? throughProxy(options, request, trustEnv) : undefined;
      const given = protocol === 'https:' ? connection.httpsAgent : connection.httpAgent;
      const pools = options.route ? proxied : newConnection ? single : own;
      const pool = given && !options.route ? { agent: given } : pools[protocol];
      options.agent = pool.agent;
      return new HTTPExchange(request, events, { options, pool, connecting });
    },
    withLimits: (others) => httpTransport(others, trustEnv),
    close,
  };
}

class HTTPExchange implements Exchange {
  readonly request: ClientRequest;
  #events: WireEvents;
  readonly #url: URL;
  readonly #way: Way;
  #response: IncomingMessage | undefined;
  readonly #startedAt = performance.now();
  #connected = false;

  constructor({ url, headers, body, watch }: WireRequest, events: WireEvents, way: Way) {
    this.#events = events;
    this.#url = url;
    this.#way = way;
    const { idle } = way.pool;
    // Timers may be late.
    if (idle && idle.due <= this.#startedAt) idle.closeOverdue();
    // Called as members of the default import, because nock, msw and APM agents replace them there.
    this.request = url.protocol === 'https:' ? https.request(way.options) : http.request(way.options);
    if (watch) watchRequest(this.request, watch);
    this.request.on('response', this.#onResponse.bind(this));
    this.#connected = this.request.reusedSocket;
    if (!this.#connected) {
      this.request.once('socket', (socket) => {
        whenConnected(socket, () => (this.#connected = true));
      });
    }
    // When a response switches protocols, Node hands over the socket and emits no further events.
    this.request.on(this.request.method === 'CONNECT' ? 'connect' : 'upgrade', this.#onProtocolChange.bind(this));
    // Stays attached after the exchange: a late socket error must not crash the process.
    this.request.on('error', this.#fail.bind(this, false));
    this.#send(body, headers);
  }

  get phase(): Phase {
    if (this.#response) return 'body';
    return this.#connected ? 'headers' : 'connect';
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  destroy(): void {
    this.#events = NOBODY;
    this.request.destroy();
    this.#way.connecting?.abort();
  }

  timedOut(): void {
    if (this.request.reusedSocket) closeIdleOf(this.#way, this.#url);
  }

  #send(body: WireRequest['body'], headers: WireRequest['headers']): void {
    if (body === undefined || isWhole(body)) {
      this.request.end(body && besideHeaders(body, headers));
      return;
    }
    const source = bodySource(body, this.#fail.bind(this, true));
    // Destroys one when the other fails; `request` and `source` report their own errors.
    pipeline(source, this.request, () => undefined);
  }

  #onResponse(response: IncomingMessage): void {
    const { socket } = response;
    // An agent that tunnels through a proxy may hand on the proxy's refusal.
    if (this.#url.protocol === 'https:' && !('encrypted' in socket)) {
      this.#fail(false, withoutTLS(Number(response.statusCode)));
      return;
    }
    const headers = headersOf(response);
    const status = Number(response.statusCode);
    if (status < 200 || status > 599) {
      this.#fail(false, invalidStatus(status));
      return;
    }
    if (status === 408) this.timedOut();
    if (mayLeaveBody(this.request.method, status, headers)) this.request.shouldKeepAlive = false;
    this.#response = response;
    const request: ClientRequest & Partial<typeof PRINTED_REQUEST> = this.request;
    // One by one, because each request pays for it.
    request.toJSON = requestToJSON;
    request[inspect.custom] = inspectRequest;
    // The property of follow-redirects, which axios users read.
    (response as IncomingMessage & { responseUrl?: string }).responseUrl = this.#url.href;
    const statusText = String(response.statusMessage);
    response.on('error', this.#fail.bind(this, false));
    response.on('end', () => {
      const events = this.#events;
      if (events === NOBODY) return;
      this.#events = NOBODY;
      this.#noteIdle(socket, headers['keep-alive'] as string | undefined);
      // A response can arrive before the whole request body is sent; the server no longer needs the rest.
      if (!this.request.writableFinished) this.request.destroy();
      events.end();
    });
    // A `data` listener starts the stream, so it is added after `head`, which may pause or destroy it.
    this.#events.head({ status, statusText, headers, request: this.request }, this);
    response.on('data', (chunk: Buffer) => {
      this.#events.data(chunk);
    });
  }

  #onProtocolChange(_: IncomingMessage, socket: Socket): void {
    socket.destroy();
    this.#fail(false, Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }));
  }

  #noteIdle(socket: PooledSocket, keepAlive: string | undefined): void {
    const { idle } = this.#way.pool;
    socket.bytesBefore = socket.bytesRead;
    if (!idle) return;
    if (keepAlive !== idle.header) idle.read(keepAlive);
    socket.idleUntil = performance.now() + idle.time;
    if (socket.idleUntil < idle.due) idle.schedule(socket.idleUntil);
  }

  #fail(byBody: boolean, error: Error): void {
    const events = this.#events;
    if (events === NOBODY) return;
    // Nothing of the response is missing: what broke the connection came after it. Its `end` is still to come.
    if (!byBody && this.#response?.complete) return;
    const { phase, request } = this;
    this.destroy();
    if (!byBody) this.timedOut();
    const stale = request.reusedSocket && !this.#response && brokeEarly(error, this.#startedAt, request.socket ?? {});
    events.error({ error, phase: byBody ? 'headers' : phase, stale, byBody });
  }
}

function toNodeOptions({ method, url, headers, connection }: WireRequest): RoutedOptions {
  const { protocol, hostname, port, pathname, search } = url;
  // Node expects an IPv6 address without the brackets of a URL.
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const path = pathname + search;
  // Without an `auth`, Node would take that of a polluted prototype.
  const options: RoutedOptions = { method, protocol, hostname: address, port, path, headers, auth: undefined };
  const { lookup, family, insecureHTTPParser, maxHeaderSize } = connection;
  if (lookup) options.lookup = toNodeLookup(lookup);
  if ((family ?? insecureHTTPParser ?? maxHeaderSize) === undefined) return options;
  return Object.assign(options, withoutUndefined({ family, insecureHTTPParser, maxHeaderSize }));
}
