import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { ConnectionFacts } from '../events/request-view';
import type { Stopwatch } from '../events/stopwatch';

/** The properties of TLSSocket that tell how far it is. */
type AnySocket = Socket & { readonly secureConnecting?: boolean };

/** Node's types omit it. */
type UnixRequest = ClientRequest & { readonly socketPath?: string };

/** Measures a request of `node:http`. Its socket is listened to only while it connects: afterwards it may carry many others. */
export function watchRequest(request: ClientRequest, watch: Stopwatch): void {
  if (request.reusedSocket) {
    watch.find = connectionOf.bind(undefined, request);
    if (!watch.isTiming) return;
    watch.begin('queued');
    // It has its connection, although its `socket` event comes a moment later.
    watch.begin('sent');
  } else {
    watch.begin('queued');
    request.once('socket', (socket: AnySocket) => {
      const { host, socketPath } = request as UnixRequest;
      // A request that waited for the socket of another one is not marked.
      const isReused = isOpen(socket) && socket.bytesRead > 0;
      watchSocket(socket, watch, { host: socketPath === undefined ? host : undefined, socketPath, isReused });
    });
    request.once('response', ({ httpVersion }: IncomingMessage) => (watch.protocol = httpVersion));
  }
  // Not by `once`, which wraps it.
  request.on('finish', onFinish.bind(undefined, request, watch));
}

function onFinish({ socket }: ClientRequest, watch: Stopwatch): unknown {
  watch.begin('wait');
  // A closed socket has its address only if that was read before.
  return socket?.remoteAddress;
}

/** The connection of a request that was sent on an open one. `onFinish` has read the address, so it is known even if the socket is closed. */
function connectionOf(request: ClientRequest): ConnectionFacts {
  const { socket, res, socketPath } = request as UnixRequest & { readonly res?: IncomingMessage };
  // Absent as long as the request waits for its turn to be written.
  const { remoteAddress, remotePort } = socket ?? {};
  return { reused: true, address: remoteAddress ?? socketPath, port: remotePort, protocol: res?.httpVersion };
}

interface SocketFacts {
  /** Host name that may be looked up. */
  readonly host: string | undefined;
  readonly socketPath?: string | undefined;
  readonly isReused: boolean;
}

/** Measures the steps until a request can be written on a socket. */
export function watchSocket(socket: AnySocket, watch: Stopwatch, { host, socketPath, isReused }: SocketFacts): void {
  const onConnect = (): void => {
    const { remoteAddress = socketPath, remotePort } = socket;
    watch.peer = { reused: isReused, address: remoteAddress, port: remotePort };
    if (socket.secureConnecting === true) {
      watch.begin('tls');
      socket.once('secureConnect', () => watch.begin('sent'));
    } else watch.begin('sent');
  };
  if (socket.connecting) {
    watchConnecting(socket, watch, host);
    socket.once('connect', onConnect);
  } else if (!socket.destroyed) onConnect();
}

/**
 * Measures the steps until a socket is connected.
 *
 * @param host name or address that it connects to
 */
export function watchConnecting(socket: Socket, watch: Stopwatch, host: string | undefined): void {
  const isNamed = host !== undefined && isIP(host) === 0;
  const startedAt = watch.begin(isNamed ? 'dns' : 'connect');
  const onLookup = (error: Error | null): void => {
    if (!error) watch.begin('connect');
  };
  // Emitted for each address.
  socket.on('lookup', onLookup);
  socket.once('connect', () => {
    socket.off('lookup', onLookup);
    // A lookup that called back at once was over before this listener was there.
    watch.begin('connect', startedAt);
  });
}

function isOpen({ connecting, secureConnecting, destroyed }: AnySocket): boolean {
  return !connecting && secureConnecting !== true && !destroyed;
}
