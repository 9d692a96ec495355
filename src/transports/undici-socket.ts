import { Socket } from 'node:net';
import type { InterimResponses } from './interim-responses';

/** The exchange that has a connection. */
export interface CarriedExchange {
  /** Called before the connection ends, or breaks with `error`. */
  beforeEnd(error?: Error): void;
}

/** What a socket asks of the link that it belongs to. */
interface SocketLink {
  readonly interim: InterimResponses | undefined;
  readonly carried: CarriedExchange | undefined;
}

const LINK = Symbol('link');

type LinkedSocket = Socket & { [LINK]?: SocketLink };

/**
 * Passes the bytes that arrive through the link's `interim` while a head is expected, and tells the exchange before the
 * connection ends. The same functions serve all sockets, because closures take 0.1 KB each.
 */
export function linkSocket(socket: LinkedSocket, link: SocketLink): void {
  socket[LINK] = link;
  socket.push = pushFiltered;
  socket.destroy = destroyAnnounced;
}

function destroyAnnounced(this: LinkedSocket, error?: Error): LinkedSocket {
  this[LINK]?.carried?.beforeEnd(error);
  return Socket.prototype.destroy.call(this, error);
}

function pushFiltered(this: LinkedSocket, chunk: Uint8Array | null, encoding?: BufferEncoding): boolean {
  if (chunk === null) this[LINK]?.carried?.beforeEnd();
  const interim = this[LINK]?.interim;
  if (interim?.at !== undefined && chunk) {
    if (interim.watch) interim.readVersion(chunk);
    // Most often, it is `HTTP/1.1 2`.
    if (interim.at === 0 && chunk[0] === 0x48 && chunk.length > 9 && chunk[9] !== 0x31) interim.at = undefined;
    else interim.read(chunk);
  }
  return Socket.prototype.push.call(this, chunk, encoding);
}
