import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AgentOptions, RequestOptions } from 'node:https';
import net, { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import type { Stopwatch } from '../../events/stopwatch';
import { addressOf, hostInURL, portOf, withoutDot } from '../../util/host';
import { watchConnecting } from '../watch-request';
import { failedProxy, refusedTunnel, type Proxy } from './proxy';

/** What a request without a socket has to do with connecting. */
export interface Connecting {
  /** Ends the attempt to connect: there is no socket to destroy. */
  readonly signal?: AbortSignal | undefined;
  /** Measures the steps. */
  readonly watch?: Stopwatch | undefined;
}

/** How one request reaches its server. */
export interface Route extends Connecting {
  readonly proxy: Proxy;
  /** The caller's agent, whose options apply to the connections. */
  readonly agent?: Agent | undefined;
}

/** The options of a request, as its agent sees them. */
export type RoutedOptions = RequestOptions & { route?: Route | undefined };

export type Connected = (error: Error | null, socket?: Socket) => void;

/** Opens a connection to a proxy. */
export function connect(
  { proxy, agent, signal, watch }: Route,
  { lookup, family }: RoutedOptions,
  done: Connected,
): void {
  const isSecure = proxy.url.protocol === 'https:';
  const host = addressOf(proxy.url);
  // What the caller's agent says about the name of the server does not hold for the proxy.
  const { servername: _, checkServerIdentity: __, ALPNProtocols: ___, ...known } = agentOptions(agent);
  const options = { noDelay: true, ...known, lookup, family, host, port: portOf(proxy.url) };
  const socket = isSecure
    ? tls.connect({
        ...options,
        ...(isIP(host) === 0 && { servername: withoutDot(host) }),
        ALPNProtocols: ['http/1.1'],
      } as never)
    : net.connect(options as never);
  if (watch) watchConnecting(socket, watch, host);
  const release = untilAborted(socket, signal);
  let isDone = false;
  const finish = (error: Error | null): void => {
    release();
    if (isDone) return;
    isDone = true;
    if (error) done(failedProxy(proxy, error));
    else done(null, socket);
  };
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    finish(null);
  });
  // Stays attached: an error of an idle connection must not crash the process.
  socket.on('error', finish);
  socket.once('close', () => {
    finish(new Error('the connection was closed'));
  });
}

/** Opens a connection to a proxy, and asks it for a tunnel to the server. */
export function openTunnel(route: Route, options: RoutedOptions, done: Connected): void {
  connect(route, options, (failure, socket) => {
    if (socket) requestTunnel(socket, route, authorityOf(options), done);
    else done(failure);
  });
}

/** Any final status but 200 is a refusal, as in Go, Python and undici. */
function requestTunnel(socket: Socket, { proxy, signal }: Route, authority: string, done: Connected): void {
  const headers: Record<string, string> = { Host: authority, Connection: 'keep-alive' };
  if (proxy.authorization !== undefined) headers['Proxy-Authorization'] = proxy.authorization;
  const release = untilAborted(socket, signal);
  const finish = (error: Error | null): void => {
    release();
    if (error) socket.destroy();
    done(error, error ? undefined : socket);
  };
  const makeRequest = (): ClientRequest => {
    const request = http.request({ method: 'CONNECT', path: authority, headers, createConnection: () => socket });
    request.once('connect', ({ statusCode = 0 }: IncomingMessage, _: Socket, extra: Buffer) => {
      if (statusCode < 200 && statusCode !== 101) {
        // Node takes an interim response for the final one. A request that is not sent only reads: it waits for the next.
        socket.unshift(extra);
        makeRequest();
        return;
      }
      // The server does not speak first: bytes that follow at once come from the proxy.
      const isOpen = statusCode === 200 && extra.length === 0;
      finish(isOpen ? null : refusedTunnel(proxy, authority, statusCode));
    });
    return request.on('error', (error) => {
      finish(failedProxy(proxy, error));
    });
  };
  makeRequest().end();
}

function untilAborted(socket: Socket, signal: AbortSignal | undefined): () => void {
  const abort = (): void => {
    socket.destroy();
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return () => {
    signal?.removeEventListener('abort', abort);
  };
}

/** Host and port of the server as in a URL; the default port is left out if it is given. */
export function authorityOf({ host, port }: RoutedOptions, defaultPort?: string): string {
  const name = hostInURL(String(host));
  return String(port) === defaultPort ? name : `${name}:${port}`;
}

export function agentOptions(agent: Agent | undefined): AgentOptions {
  return { ...(agent as { readonly options?: AgentOptions } | undefined)?.options };
}
