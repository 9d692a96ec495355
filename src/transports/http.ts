import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Phase } from '../journal/attempt';
import { isWhole, sourceOf } from './body-source';
import { toNodeLookup } from './lookup';
import { STALE_WITHIN, type Exchange, type Transport, type WireEvents, type WireRequest } from './transport';

/** The transport on `node:http` and `node:https`, with connections kept alive. */
export function httpTransport(): Transport {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  return {
    name: 'http',
    dispatch(request, events) {
      return new HTTPExchange(request, events, agents);
    },
    close() {
      for (const agent of Object.values(agents)) closeIdle(agent);
    },
  };
}

type Agents = Record<'http:' | 'https:', http.Agent>;

class HTTPExchange implements Exchange {
  readonly request: ClientRequest;
  readonly #events: WireEvents;
  #response: IncomingMessage | undefined;
  #startedAt = 0;
  #connected = false;
  #over = false;

  constructor(request: WireRequest, events: WireEvents, agents: Agents) {
    this.#events = events;
    // Called as members of the default import, because nock, msw and APM agents replace them there.
    const send = request.url.protocol === 'https:' ? https.request : http.request;
    this.request = send(toNodeOptions(request, agents));
    this.request.on('response', (response) => {
      this.#onResponse(response, request.url);
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

  #onResponse(response: IncomingMessage, url: URL): void {
    this.#response = response;
    // The property of follow-redirects, which axios users read.
    (response as IncomingMessage & { responseUrl?: string }).responseUrl = url.href;
    const { headers } = response;
    const status = Number(response.statusCode);
    const statusText = String(response.statusMessage);
    response.on('error', (error) => {
      this.#fail(error, false);
    });
    response.on('end', () => {
      if (this.#over) return;
      this.#over = true;
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

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
    // Nothing of the response is missing: what broke the connection came after it. Its `end` is still to come.
    if (!byBody && this.#response?.complete) return;
    const { phase } = this;
    this.destroy();
    const isEarly = performance.now() - this.#startedAt < STALE_WITHIN;
    const stale = isEarly && this.request.reusedSocket && !this.#response && isReset(error);
    this.#events.error({ error, phase: byBody ? 'headers' : phase, stale, byBody });
  }
}

function toNodeOptions({ method, url, headers, connection }: WireRequest, agents: Agents): RequestOptions {
  const { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize } = connection;
  const isSecure = url.protocol === 'https:';
  const { hostname } = url;
  const options: RequestOptions = {
    method,
    protocol: url.protocol,
    // Node expects an IPv6 address without the brackets of a URL.
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    port: url.port,
    path: url.pathname + url.search,
    headers,
    agent: (isSecure ? httpsAgent : httpAgent) ?? agents[isSecure ? 'https:' : 'http:'],
  };
  if (lookup) options.lookup = toNodeLookup(lookup);
  if (family !== undefined) options.family = family;
  if (insecureHTTPParser !== undefined) options.insecureHTTPParser = insecureHTTPParser;
  if (maxHeaderSize !== undefined) options.maxHeaderSize = maxHeaderSize;
  return options;
}

function isReset(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE';
}

function closeIdle(agent: http.Agent): void {
  for (const socket of Object.values(agent.freeSockets).flat() as Socket[]) socket.destroy();
  // Connections that become idle later are closed too; if the client is used again, every call opens a connection.
  agent.keepSocketAlive = () => false;
}
