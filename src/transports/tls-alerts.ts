import { channel, subscribe, type Channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** What undici tells of the socket of an error. */
interface SocketEnds {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
}

/** The errors of TLS on open sockets. Shared by all copies of this package in a process: each would listen on each socket. */
const ALERTS = Symbol.for('@hdms/http-client/tls-alerts');

const CONNECTED = 'undici:client:connected';
const connected: Channel & { [ALERTS]?: Map<string, Error> } = channel(CONNECTED);

/**
 * From now on, errors of TLS on undici's sockets are remembered. A server with TLS 1.3 rejects the client's certificate
 * after the handshake, and then closes the connection: undici reports only that it was closed.
 */
export function watchAlerts(): void {
  if (connected[ALERTS]) return;
  const alerts = (connected[ALERTS] = new Map<string, Error>());
  subscribe(CONNECTED, (message) => {
    const { socket } = message as { readonly socket: Socket };
    if ('encrypted' in socket) socket.once('error', keepAlert.bind(undefined, alerts, socket));
  });
}

/** The error of TLS that led to `error`, or else `error` itself. */
export function alertBefore(error: Error): Error {
  const { code, socket } = error as NodeJS.ErrnoException & { readonly socket?: SocketEnds };
  const alert = code === 'UND_ERR_SOCKET' && socket ? connected[ALERTS]?.get(keyOf(socket)) : undefined;
  return alert ?? error;
}

function keepAlert(alerts: Map<string, Error>, socket: Socket, error: NodeJS.ErrnoException): void {
  if (!error.code?.startsWith('ERR_SSL_')) return;
  const key = keyOf(socket);
  alerts.set(key, error);
  // undici reports the close in a listener of its own, which was added before this one.
  socket.once('close', () => alerts.delete(key));
}

function keyOf({ localAddress, localPort, remotePort }: SocketEnds): string {
  return `${String(localAddress)} ${String(localPort)} ${String(remotePort)}`;
}
