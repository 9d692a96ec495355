import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Phase } from '../journal/attempt';
import { isWhole, sourceOf } from './body-source';
import { toNodeLookup } from './lookup';
import { resolveConnections, type ConnectionLimits } from './connections';
import { closeIdle, IdleSockets, type PooledSocket } from './idle-sockets';
import { brokeEarly, invalidStatus } from './transport';
import type { Exchange, Transport, WireEvents, WireRequest } from './transport';

/**
 * The transport on `node:http` and `node:https`, with connections kept alive.
 *
 * @param limits for connections of the transport's own agents
 */
export function httpTransport(limits: ConnectionLimits = resolveConnections()): Transport {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  const idle = {
    'http:': new IdleSockets(agents['http:'], limits),
    'https:': new IdleSockets(agents['https:'], limits),
  };
  return {
    name: 'http',
    dispatch(request, events) {
      const isSecure = request.url.protocol === 'https:';
      const { httpAgent, httpsAgent } = request.connection;
      const agent = isSecure ? httpsAgent : httpAgent;
      if (agent) return new HTTPExchange(request, events, agent);
      const own = isSecure ? 'https:' : 'http:';
      return new HTTPExchange(request, events, agents[own], idle[own]);
    },
    withLimits: httpTransport,
    close() {
      for (const one of Object.values(idle)) one.close();
    },
  };
}

class HTTPExchange implements Exchange {
  readonly request: ClientRequest;
  readonly #events: WireEvents;
  readonly #agent: http.Agent;
  /** `undefined` with an agent of the caller. */
  readonly #idle: IdleSockets | undefined;
  readonly #url: URL;
  #response: IncomingMessage | undefined;
  #startedAt = 0;
  #connected = false;
  #over = false;

  constructor(request: WireRequest, events: WireEvents, agent: http.Agent, idle?: IdleSockets) {
    this.#events = events;
    this.#agent = agent;
    this.#idle = idle;
    this.#url = request.url;
    // Timers may be late.
    if (idle && idle.due !== Infinity && performance.now() >= idle.due) idle.closeOverdue();
    // Called as members of the default import, because nock, msw and APM agents replace them there.
    const send = request.url.protocol === 'https:' ? https.request : http.request;
    this.request = send(toNodeOptions(request, agent));
    this.request.on('response', (response) => {
      this.#onResponse(response);
    });
    if (this.request.reusedSocket) {
      this.#connected = true;
      this.#startedAt = performance.now();
    } else {
      this.request.once('socket', (socket) => {
        this.#onSocket(socket, request.url.protocol === 'https:');
      });
    }
    // When a response switches protocols, Node hands over the socket and emits no further events.
    const onProtocolChange = (_: IncomingMessage, socket: Socket): void => {
      socket.destroy();
      this.#fail(Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }), false);
    };
    this.request.on('upgrade', onProtocolChange);
    this.request.on('connect', onProtocolChange);
    // Stays attached after the exchange: a late socket error must not crash the process.
    this.request.on('error', (error) => {
      this.#fail(error, false);
    });
    this.#send(request.body);
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
    this.#over = true;
    this.request.destroy();
  }

  timedOut(): void {
    if (this.request.reusedSocket) closeIdle(this.#agent, this.#url);
  }

  #onSocket(socket: Socket & { readonly secureConnecting?: boolean }, isSecure: boolean): void {
    // A connection that failed at once is no longer connecting, but was never open.
    const isOpen = !socket.connecting && socket.secureConnecting !== true && !socket.destroyed;
    if (isOpen) this.#connected = true;
    else socket.once(isSecure ? 'secureConnect' : 'connect', () => (this.#connected = true));
  }

  #send(body: WireRequest['body']): void {
    if (body === undefined || isWhole(body)) {
      this.request.end(body);
      return;
    }
    const source = sourceOf(body, (error) => {
      this.#fail(error, true);
    });
    // Destroys one when the other fails; `request` and `source` report their own errors.
    pipeline(source, this.request, () => undefined);
  }

  #onResponse(response: IncomingMessage): void {
    const { headers, socket } = response;
    const status = Number(response.statusCode);
    if (status < 200 || status > 599) {
      this.#fail(invalidStatus(status), false);
      return;
    }
    if (status === 408) this.timedOut();
    this.#response = response;
    // The property of follow-redirects, which axios users read.
    (response as IncomingMessage & { responseUrl?: string }).responseUrl = this.#url.href;
    const statusText = String(response.statusMessage);
    response.on('error', (error) => {
      this.#fail(error, false);
    });
    response.on('end', () => {
      if (this.#over) return;
      this.#over = true;
      this.#noteIdle(socket, headers['keep-alive'] as string | undefined);
      // A response can arrive before the whole request body is sent; the server no longer needs the rest.
      if (!this.request.writableFinished) this.request.destroy();
      this.#events.end();
    });
    // A `data` listener starts the stream, so it is added after `head`, which may pause or destroy it.
    this.#events.head({ status, statusText, headers, request: this.request }, this);
    response.on('data', (chunk: Buffer) => {
      if (!this.#over) this.#events.data(chunk);
    });
  }

  #noteIdle(socket: PooledSocket, keepAlive: string | undefined): void {
    const idle = this.#idle;
    if (!idle) return;
    if (keepAlive !== idle.header) idle.read(keepAlive);
    socket.idleUntil = performance.now() + idle.time;
    if (socket.idleUntil < idle.due) idle.schedule(socket.idleUntil);
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
    // Nothing of the response is missing: what broke the connection came after it. Its `end` is still to come.
    if (!byBody && this.#response?.complete) return;
    const { phase } = this;
    this.destroy();
    if (!byBody) this.timedOut();
    const stale = this.request.reusedSocket && !this.#response && brokeEarly(error, this.#startedAt);
    this.#events.error({ error, phase: byBody ? 'headers' : phase, stale, byBody });
  }
}

function toNodeOptions({ method, url, headers, connection }: WireRequest, agent: http.Agent): RequestOptions {
  const { lookup, family, insecureHTTPParser, maxHeaderSize } = connection;
  const { hostname } = url;
  const options: RequestOptions = {
    method,
    protocol: url.protocol,
    // Node expects an IPv6 address without the brackets of a URL.
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    port: url.port,
    path: url.pathname + url.search,
    headers,
    agent,
  };
  if (lookup) options.lookup = toNodeLookup(lookup);
  if (family !== undefined) options.family = family;
  if (insecureHTTPParser !== undefined) options.insecureHTTPParser = insecureHTTPParser;
  if (maxHeaderSize !== undefined) options.maxHeaderSize = maxHeaderSize;
  return options;
}
