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
    // Called as members of the default import: nock, msw and APM agents replace them there.
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
    // Node hands over the socket of an answer that changes the protocol, and then tells nothing more.
    const onProtocolChange = (_: IncomingMessage, socket: Socket): void => {
      socket.destroy();
      this.#fail(Object.assign(new Error('the other side changed the protocol'), { code: 'HPE_UPGRADE' }), false);
    };
    this.request.on('upgrade', onProtocolChange);
    this.request.on('connect', onProtocolChange);
    // Stays on after the exchange is over: a socket that breaks then must not bring the process down.
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
    // A connection that failed at once has no peer, although it is not connecting any more.
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
    // Destroys the one when the other breaks off; `request` and `source` tell of it themselves.
    pipeline(source, this.request, () => undefined);
  }

  #onResponse(response: IncomingMessage, url: URL): void {
    this.#response = response;
    // The name that follow-redirects gave it, which users of axios know.
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
      // An answer can come before the whole body was sent; the rest of it is not wanted any more.
      if (!this.request.writableFinished) this.request.destroy();
      this.#events.end();
    });
    // A listener of `data` sets the stream flowing, so it comes after the head, which may pause or destroy.
    this.#events.head({ status, statusText, headers, request: this.request }, this);
    response.on('data', (chunk: Buffer) => {
      if (!this.#over) this.#events.data(chunk);
    });
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#over) return;
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
    // Node wants an IPv6 address without the brackets that a URL puts around it.
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
  // Connections that become idle from now on are closed too; in a client that is used again, every call makes its own.
  agent.keepSocketAlive = () => false;
}
