import type { Socket } from 'node:net';

/** Calls `callback` once a socket is connected, TLS included; at once if it is already. */
export function whenConnected(socket: Socket & { readonly secureConnecting?: boolean }, callback: () => void): void {
  // A connection that failed at once is no longer connecting, but was never open.
  if (!socket.connecting && socket.secureConnecting !== true && !socket.destroyed) callback();
  else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', callback);
}
